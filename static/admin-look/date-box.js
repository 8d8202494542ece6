/* Shows how a date is understood while somebody writes it. The server reads and words it; see publishing/date_box.py.

   Listens at the document, so that boxes of rows that are added later need no call of their own. */
(() => {
  "use strict";

  const PAUSE = 200;
  const readers = new WeakMap();

  class Reader {
    constructor(box) {
      this.box = box;
      this.input = box.querySelector("input");
      this.output = box.querySelector("output");
      this.timer = 0;
      this.request = null;
      this.readIn = cityOnArrival(this.city());
    }

    /* What was asked for is out of date from the first new letter on, not only when the next question leaves. */
    readSoon() {
      this.cancel();
      this.output.classList.remove("is-stored");
      this.timer = setTimeout(() => this.read(), PAUSE);
    }

    cancel() {
      clearTimeout(this.timer);
      if (this.request) this.request.abort();
      this.request = null;
    }

    async read() {
      this.cancel();
      if (!this.input.value.trim()) return this.show("");
      const request = (this.request = new AbortController());
      try {
        const html = await this.ask(request.signal);
        if (this.request === request) this.show(html);
      } catch {
        if (this.request === request) this.say(this.box.dataset.failed);
      } finally {
        if (this.request === request) this.request = null;
      }
    }

    async ask(signal) {
      const address = new URL(this.box.dataset.address, location.href);
      address.searchParams.set("text", this.input.value);
      if ("takesTimes" in this.box.dataset) address.searchParams.set("times", "1");
      if (this.readIn) address.searchParams.set("city", this.readIn);
      const answer = await fetch(address, { signal, redirect: "manual", credentials: "same-origin" });
      // Whoever is not signed in is sent to the page for that, which has no place below a box.
      if (answer.type === "opaqueredirect") return textOf(this.box.dataset.signedOut);
      if (!answer.ok) throw new Error(answer.status);
      return answer.text();
    }

    /* The field beside this one, in the same row where the form has rows: "events-0-date", "events-0-city". */
    city() {
      const name = this.box.dataset.cityField;
      return name ? this.input.form.elements.namedItem(this.input.name.replace(/[^-]*$/, name)) : null;
    }

    /* Select2 also reports a choice when it is set up, where nobody chose. */
    readAgainIn(city) {
      if (city !== this.city() || city.value === this.readIn) return;
      this.readIn = city.value;
      this.read();
    }

    say(text) {
      this.show(textOf(text));
    }

    /* A screen reader is told only what is new. */
    show(html) {
      const shown = document.createElement("template");
      shown.innerHTML = html.trim();
      if (shown.innerHTML !== this.output.innerHTML.trim()) this.output.replaceChildren(shown.content);
    }
  }

  function textOf(text) {
    const element = document.createElement("span");
    element.className = "date-reading-silence";
    element.textContent = text;
    return element.outerHTML;
  }

  function cityOnArrival(city) {
    const chosen = city && [...city.options].find((option) => option.defaultSelected);
    return chosen ? chosen.value : "";
  }

  function readerOf(box) {
    if (!readers.has(box)) readers.set(box, new Reader(box));
    return readers.get(box);
  }

  function onInput(event) {
    const box = event.target.closest && event.target.closest(".date-box");
    if (box) readerOf(box).readSoon();
  }

  /* On the other half of the earth a season means other months. */
  function onChange(event) {
    const form = event.target.form;
    if (!form || !event.target.name) return;
    for (const box of form.querySelectorAll(".date-box[data-city-field]")) readerOf(box).readAgainIn(event.target);
  }

  function start() {
    document.addEventListener("input", onInput);
    // Select2 tells jQuery alone of a choice.
    if (window.django && window.django.jQuery) window.django.jQuery(document).on("change", "select", onChange);
    else document.addEventListener("change", onChange);
  }

  /* A browser that comes back to a form puts in what was written, below which the old reading would stand. */
  function readWhatWasRestored() {
    for (const box of document.querySelectorAll(".date-box")) {
      const reader = readerOf(box);
      const city = reader.city();
      if (city) reader.readAgainIn(city);
      if (reader.input.value !== reader.input.defaultValue) reader.readSoon();
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  window.addEventListener("pageshow", readWhatWasRestored);
})();
