/* The language bar of a change form: shows the texts of one language at a time and counts what is written.

   Modeltranslation gives each widget of one language's text the classes "mt" and "mt-field-<name>-<language>".
   Everything here starts from these; slugs are left out of the counts, because an empty one is filled on saving. */
(() => {
  "use strict";

  const WIDGET = /(?:^|\s)mt-field-(\S+)-([a-z]{2,3}(?:_[a-z]+)?)(?=\s|$)/;
  const MEMORY = "language-bar";
  const ALL = "all";

  class Text {
    constructor(widget, name, language) {
      this.widget = widget;
      this.language = language;
      // A row of an inline has a prefix of its own, so texts of different rows stay apart.
      this.key = widget.name.slice(0, widget.name.length - language.length - 1);
      this.isSlug = name.split("-").pop().startsWith("slug");
      const cell = widget.closest("td");
      this.place = cell || widget.closest(".fieldBox") || widget.closest(".form-row");
      this.heading = cell && headingOf(cell);
    }

    get counts() {
      if (this.isSlug || this.widget.name.includes("__prefix__") || !this.widget.isConnected) return false;
      const row = this.widget.closest(".inline-related, tr.form-row");
      const deleted = row && row.querySelector("[name$='-DELETE']");
      return !(deleted && deleted.checked);
    }

    get isFilled() {
      const editor = window.CKEDITOR && window.CKEDITOR.instances[this.widget.id];
      const value = editor && editor.status === "ready" ? editor.getData() : this.widget.value;
      return value.trim() !== "";
    }

    get hasError() {
      return this.place.classList.contains("errors") || this.place.querySelector(".errorlist") !== null;
    }
  }

  function headingOf(cell) {
    const name = [...cell.classList].find((word) => word.startsWith("field-"));
    return name && cell.closest("table").querySelector(`th.column-${name.slice("field-".length)}`);
  }

  class LanguageBar {
    constructor(bar) {
      this.bar = bar;
      this.form = bar.form || bar.closest("form");
      this.buttons = new Map([...bar.querySelectorAll("input")].map((input) => [input.value, input]));
      this.source = this.form.querySelector("[name='source_language']");
      this.texts = new Map();
      this.waiting = false;
    }

    start() {
      this.find(this.form);
      const used = new Set([...this.texts.values()].map((text) => text.language));
      if (used.size < 2) return;
      for (const [language, button] of this.buttons) {
        if (language !== ALL && !used.has(language)) {
          button.closest("label").remove();
          this.buttons.delete(language);
        }
      }
      this.bar.hidden = false;
      this.form.querySelector(":scope > div").prepend(this.bar);
      this.listen();
      this.choose(this.withError() || this.remembered(), false);
    }

    /* Also called for a row that was added later. */
    find(root) {
      for (const widget of root.querySelectorAll(".mt")) {
        const match = WIDGET.exec(widget.className);
        if (match && !this.texts.has(widget)) this.texts.set(widget, new Text(widget, match[1], match[2]));
      }
    }

    listen() {
      this.bar.addEventListener("change", (event) => this.choose(event.target.value, true));
      this.form.addEventListener("input", (event) => event.target.name !== "_language_bar" && this.countSoon());
      this.form.addEventListener("change", () => this.countSoon());
      document.addEventListener("formset:added", (event) => {
        this.find(event.target);
        this.show();
        this.countSoon();
      });
      document.addEventListener("formset:removed", () => this.countSoon());
      if (window.CKEDITOR) {
        window.CKEDITOR.on("instanceReady", ({ editor }) => {
          editor.on("change", () => this.countSoon());
          this.countSoon();
        });
      }
    }

    withError() {
      const wrong = [...this.texts.values()].find((text) => text.hasError);
      return wrong && wrong.language;
    }

    remembered() {
      const wishes = [read(), document.documentElement.lang.slice(0, 2), this.source && this.source.value];
      return wishes.find((language) => this.buttons.has(language)) || this.buttons.keys().next().value;
    }

    choose(language, remember) {
      this.language = language;
      this.buttons.get(language).checked = true;
      if (remember) write(language);
      this.show();
      this.count();
    }

    show() {
      for (const text of this.texts.values()) {
        const hidden = this.language !== ALL && text.language !== this.language;
        text.place.hidden = hidden;
        if (text.heading) text.heading.hidden = hidden;
      }
    }

    /* Typing fast in a long text must not count at each letter. */
    countSoon() {
      if (this.waiting) return;
      this.waiting = true;
      setTimeout(() => {
        this.waiting = false;
        this.count();
      }, 250);
    }

    count() {
      const source = this.source ? this.source.value : "";
      const texts = [...this.texts.values()].filter((text) => text.counts);
      const filled = new Map();
      for (const text of texts.filter((text) => text.isFilled)) {
        if (!filled.has(text.language)) filled.set(text.language, new Set());
        filled.get(text.language).add(text.key);
      }
      const original = filled.get(source) || new Set();
      for (const [language, button] of this.buttons) {
        if (language === ALL) continue;
        const mine = filled.get(language) || new Set();
        this.paint(button.closest("label"), {
          all: texts.filter((text) => text.language === language).length,
          filled: mine.size,
          isSource: language === source,
          isComplete: mine.size > 0 && [...original].every((key) => mine.has(key)),
          hasError: [...this.texts.values()].some((text) => text.language === language && text.hasError),
        });
      }
      this.markNeeded(source);
    }

    paint(label, { all, filled, isSource, isComplete, hasError }) {
      const words = [this.bar.dataset.count.replace("{filled}", filled).replace("{all}", all)];
      if (isSource) words.push(this.bar.dataset.original);
      else if (isComplete) words.push(this.bar.dataset.complete);
      if (hasError) words.push(this.bar.dataset.error);
      label.querySelector(".language-bar-count").textContent = `${filled}/${all}`;
      label.querySelector(".language-bar-words").textContent = words.join(", ");
      label.title = `${label.title.split(":")[0]}: ${words.join(", ")}`;
      label.dataset.state = filled === 0 ? "empty" : isComplete ? "complete" : "begun";
      label.classList.toggle("is-source", isSource);
      label.classList.toggle("has-error", hasError);
    }

    /* The language that an item is written in is the one that has to be there. */
    markNeeded(source) {
      for (const { widget, language } of this.texts.values()) {
        const label = "needed" in widget.dataset && document.querySelector(`label[for="${widget.id}"]`);
        if (label) label.classList.toggle("required", language === source);
      }
    }
  }

  /* A browser may forbid its memory; then each form opens anew. */
  function read() {
    try {
      return localStorage.getItem(MEMORY);
    } catch {
      return null;
    }
  }

  function write(language) {
    try {
      localStorage.setItem(MEMORY, language);
    } catch {
      // The choice holds for this form.
    }
  }

  function start() {
    const bar = document.querySelector(".language-bar");
    if (bar) new LanguageBar(bar).start();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
