/* The preview beside the form: made anew shortly after somebody stops typing.

   The frame's document is written by this script rather than loaded, so that the browser's way back leaves the form
   and does not walk through previews. It runs no script: its sandbox forbids it, and so does the page's policy. */
"use strict";

(() => {
  const WIDE = window.matchMedia("(min-width: 1100px)");
  const PAUSE = 900;
  const OPEN = "preview-beside-form", WIDTH = "preview-width";

  const remembered = (name) => { try { return sessionStorage.getItem(name); } catch { return null; } };
  const remember = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* not kept, then */ } };

  const start = () => {
    const panel = document.querySelector(".preview");
    const form = panel?.closest("form");
    if (!form) return;
    const find = (selector) => panel.querySelector(selector);
    const open = find(".preview-open"), tools = find(".preview-tools"), stage = find(".preview-stage");
    const status = find(".preview-status"), language = find("[name=_preview_language]");
    const widths = [...panel.querySelectorAll("[data-width]")];
    let timer, asking, width = remembered(WIDTH) || "1280";

    const isOpen = () => document.body.classList.contains("has-preview");

    // What a browser would send: the editors of rich text write into their fields only when asked to.
    const typed = () => {
      for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) editor.updateElement();
      const chosen = [...form.querySelectorAll("select.filtered[id$='_to']")];
      for (const option of chosen.flatMap((select) => [...select.options])) option.selected = true;
      return new FormData(form);
    };

    const fit = () => {
      const frame = stage.querySelector("iframe");
      if (!frame) return;
      const scale = Math.min(1, stage.clientWidth / Number(width));
      frame.style.inlineSize = `${width}px`;
      frame.style.blockSize = `${stage.clientHeight / scale}px`;
      frame.style.transform = `scale(${scale})`;
      for (const button of widths) button.setAttribute("aria-pressed", String(button.dataset.width === width));
    };

    const show = (html) => {
      const before = stage.querySelector("iframe");
      const top = before?.contentWindow?.scrollY ?? 0;
      const frame = document.createElement("iframe");
      frame.title = panel.dataset.frame;
      frame.setAttribute("sandbox", "allow-same-origin");
      frame.srcdoc = html;
      frame.addEventListener("load", () => {
        frame.contentWindow.scrollTo(0, top);
        // Links and forms would lead the frame away to pages that stand in no frame.
        for (const event of ["click", "submit"]) {
          frame.contentDocument.addEventListener(event, (act) => {
            if (event === "submit" || act.target.closest("a[href]:not([href^='#'])")) act.preventDefault();
          });
        }
        before?.remove();
        frame.classList.add("is-shown");
      });
      stage.append(frame);
      fit();
    };

    const refresh = async () => {
      clearTimeout(timer);
      if (!isOpen()) return;
      asking?.abort();
      const mine = (asking = new AbortController());
      status.textContent = panel.dataset.making;
      try {
        const answer = await fetch(panel.dataset.address, { method: "POST", body: typed(), signal: mine.signal });
        // Without the cookies of the session the form's own token is refused.
        if (answer.redirected || answer.status === 403) { status.textContent = panel.dataset.signedOut; return; }
        if (!answer.ok && answer.status !== 422) throw new Error(String(answer.status));
        show(await answer.text());
        status.textContent = "";
      } catch (error) {
        if (error.name !== "AbortError") status.textContent = panel.dataset.failed;
      }
    };

    const soon = () => { clearTimeout(timer); timer = setTimeout(refresh, PAUSE); };

    const toggle = (wanted) => {
      document.body.classList.toggle("has-preview", wanted);
      open.setAttribute("aria-expanded", String(wanted));
      tools.hidden = !wanted;
      open.hidden = wanted || !WIDE.matches;
      remember(OPEN, wanted ? "1" : "");
      if (wanted) { fit(); refresh(); } else { asking?.abort(); stage.replaceChildren(); status.textContent = ""; }
    };

    const press = () => {
      if (!WIDE.matches) { find(".preview-tab").click(); return; }
      if (isOpen()) refresh(); else toggle(true);
    };

    open.addEventListener("click", () => { toggle(true); find(".preview-close").focus(); });
    find(".preview-close").addEventListener("click", () => { toggle(false); open.focus(); });
    find(".preview-refresh").addEventListener("click", refresh);
    language.addEventListener("change", refresh);
    for (const button of widths) {
      button.addEventListener("click", () => { width = button.dataset.width; remember(WIDTH, width); fit(); });
    }
    for (const button of document.querySelectorAll("[name=_preview_above]")) {
      button.addEventListener("click", (event) => {
        if (WIDE.matches) { event.preventDefault(); press(); }
      });
    }
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey && event.altKey && event.code === "KeyP") { event.preventDefault(); press(); }
    });
    form.addEventListener("input", (event) => { if (!panel.contains(event.target)) soon(); });
    form.addEventListener("change", (event) => {
      // Whoever works in French looks at the French page.
      if (event.target.name === "_language_bar") {
        if ([...language.options].some((option) => option.value === event.target.value)) language.value = event.target.value;
      }
      if (!panel.contains(event.target)) soon();
    });
    window.django?.jQuery?.(form).on("change", "select", soon);
    document.addEventListener("formset:removed", soon);
    window.CKEDITOR?.on("instanceReady", (ready) => ready.editor.on("change", soon));
    for (const editor of Object.values(window.CKEDITOR?.instances ?? {})) editor.on("change", soon);
    WIDE.addEventListener("change", () => toggle(WIDE.matches && remembered(OPEN) === "1"));
    window.addEventListener("resize", fit);
    toggle(WIDE.matches && remembered(OPEN) === "1");
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
