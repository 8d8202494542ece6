from django.http import HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from entrance.visitor_address import hash_of, network_of, visitor_address
from newsletter import joining
from newsletter.forms import SignupForm
from newsletter.limits import is_within_limit
from newsletter.models import ConsentText, Subscriber
from newsletter.same_origin import is_from_our_site, source_path
from newsletter.token_pages import SeeOther, token_page, unkept
from publishing.public_page import public_page
from translations.texts import shown_language


@public_page
def signup(request):
    consent = ConsentText.objects.first()
    return render_signup(request, consent, SignupForm(consent=consent) if consent else None)


@csrf_exempt
@unkept
def subscribe(request):
    """Where the form goes. It carries no token, so that its page needs no cookie; see `same_origin`."""
    if request.method in ("GET", "HEAD"):
        return redirect("newsletter:signup")
    if request.method != "POST":
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if not is_from_our_site(request):
        return render(request, "newsletter/refused.html", status=403)
    done = SeeOther(reverse("newsletter:thanks"))
    if request.POST.get(SignupForm.trap):
        return done
    consent = ConsentText.objects.first()
    if consent is None:
        return render_signup(request, None, None, status=503)
    form = SignupForm(request.POST, consent=consent)
    address = visitor_address(request)
    if address and not is_within_limit("network", network_of(address)):
        return render_signup(request, consent, form, status=429, too_many=True)
    if not form.is_valid():
        return render_signup(request, consent, form, status=422)
    # Not an answer of its own: it would tell that somebody has tried to sign up this address.
    if is_within_limit("address", form.cleaned_data["email"].lower()):
        joining.sign_up(
            form.cleaned_data["email"],
            networks=form.cleaned_data["networks"],
            themes=form.cleaned_data["themes"],
            **form.choices(),
            consent=consent,
            consent_language=shown_language(consent, "text"),
            source_path=(source_path(request) or reverse("newsletter:signup"))[:300],
            ip_hash=hash_of(address),
        )
    return done


def render_signup(request, consent, form, *, status=200, too_many=False):
    context = {"form": form, "consent": consent, "too_many": too_many}
    return render(request, "newsletter/signup.html", context, status=status)


@public_page
def thanks(request):
    return render_note(request, "newsletter/thanks.html")


@token_page
def confirm(request, token):
    subscriber = Subscriber.objects.confirmable().filter(confirmation_token=token).first()
    if subscriber is None:
        # The second press of the button, or a link opened again later.
        if Subscriber.objects.confirmed().filter(confirmation_token=token).exists():
            return SeeOther(reverse("newsletter:confirmed"))
        return render(request, "newsletter/link_expired.html", status=404)
    if request.method == "POST":
        joining.confirm(subscriber)
        return SeeOther(reverse("newsletter:confirmed"))
    return render(request, "newsletter/confirm.html", {"subscriber": subscriber})


@public_page
def confirmed(request):
    return render_note(request, "newsletter/confirmed.html")


@token_page
def leave(request, token):
    """Also the address of the mail program's own button (RFC 8058), which sends a POST without any cookie.

    The POST is answered with 200 and never with a redirect, whoever sends it and whatever is in it: its body, which
    may be urlencoded, multipart, huge or broken, is not even read. Nothing tells whether a link was ever right.
    """
    # No link of ours holds anything else, and no database can look for a NUL.
    subscriber = Subscriber.objects.filter(leaving_token=token).first() if token.isprintable() else None
    if request.method == "POST":
        if subscriber is None:
            return render(request, "newsletter/link_unknown.html")
        subscriber.leave()
        return render(request, "newsletter/goodbye.html")
    if subscriber is None:
        return render(request, "newsletter/link_unknown.html", status=404)
    if subscriber.state == Subscriber.State.LEFT:
        return SeeOther(reverse("newsletter:goodbye"))
    return render(request, "newsletter/leave.html")


@public_page
def goodbye(request):
    return render_note(request, "newsletter/goodbye.html")


def render_note(request, template):
    """The end of a way that search engines should not begin with."""
    response = render(request, template)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
