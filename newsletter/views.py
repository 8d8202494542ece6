from django.shortcuts import render

from publishing.public_page import public_page


@public_page
def signup(request):
    return render(request, "newsletter/signup.html", {})
