/* Nothing typed into a form of the admin is lost to an expired session, a refused token, a failing line or a closed
   lid: this tab keeps it until it was saved, and offers it when the form is opened again.

   It is kept as a browser sends it, with what the form had shown (_as_shown), and goes back to the server with
   "_restore": the server shows the form with it and saves nothing. So rows and choices come back as they were, and what
   others saved meanwhile is noticed as ever. Passwords, tokens and files are not kept, and nothing outlives the tab. */
(() => {
  "use strict";

  const PREFIX = "form-memory:";
  const NOT_KEPT = /^csrfmiddlewaretoken$|^_(save|continue|addanother|saveasnew|restore|language_bar)/;

  /* A browser may forbid its memory; then the page works without. */
  const memory = {
    read(key) {
      try {
        return JSON.parse(sessionStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        sessionStorage.setItem(key, JSON.stringify(value));
      } catch {
        // Full or forbidden.
      }
    },
    remove(key) {
      try {
        sessionStorage.removeItem(key);
      } catch {
        // There is nothing, then.
      }
    },
    keys() {
      try {
        return Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
      } catch {
        return [];
      }
    },
  };

  /* After a form was sent, the next page says whether it arrived. */
  function forgetWhatWasSaved() {
    const success = document.querySelector(".messagelist .success");
    for (const key of memory.keys()) {
      const kept = memory.read(key);
      if (!kept || (success && kept.sent)) memory.remove(key);
    }
  }

  function entriesOf(form) {
    for (const editor of Object.values((window.CKEDITOR || {}).instances || {})) editor.updateElement();
    const secret = new Set([...form.querySelectorAll("input[type='password']")].map((input) => input.name));
    return [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !NOT_KEPT.test(name) && !secret.has(name),
    );
  }

  /* What was shown is signed anew for every page. */
  function texts(entries) {
    return JSON.stringify(entries.filter(([name]) => name !== "_as_shown"));
  }

  class FormMemory {
    constructor(note) {
      this.note = note;
      this.form = note.closest("form");
      this.key = note.dataset.formMemory;
      this.asServed = texts(entriesOf(this.form));
      this.waiting = 0;
    }

    start() {
      const kept = memory.read(this.key);
      if ("typed" in this.note.dataset) {
        this.keep();
      } else if (kept && texts(kept.entries) !== this.asServed) {
        this.offer(kept.entries);
      }
      this.form.addEventListener("input", () => this.noteTyping());
      this.form.addEventListener("change", () => this.noteTyping());
      this.form.addEventListener("submit", () => this.keep({ sent: true }));
      addEventListener("pagehide", () => this.waiting && this.keep());
      if (window.CKEDITOR) {
        window.CKEDITOR.on("instanceReady", ({ editor }) => editor.on("change", () => this.noteTyping()));
      }
    }

    noteTyping() {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.keep(), 800);
    }

    keep(more) {
      clearTimeout(this.waiting);
      this.waiting = 0;
      const entries = entriesOf(this.form);
      // An editor that sets up its text has changed nothing, and what waits to be brought back is not written over.
      if (texts(entries) === this.asServed && !("typed" in this.note.dataset)) return;
      memory.write(this.key, { entries, ...more });
    }

    offer(entries) {
      this.note.hidden = false;
      const [bringBack, discard] = this.note.querySelectorAll("button");
      bringBack.addEventListener("click", () => this.bringBack(entries));
      discard.addEventListener("click", () => {
        memory.remove(this.key);
        this.note.hidden = true;
      });
    }

    bringBack(entries) {
      const sent = document.createElement("form");
      sent.method = "post";
      sent.action = location.href;
      const token = this.form.querySelector("[name='csrfmiddlewaretoken']").value;
      for (const [name, value] of [...entries, ["csrfmiddlewaretoken", token], ["_restore", "1"]]) {
        const area = document.createElement("textarea"); // unlike an input, it keeps line breaks
        area.name = name;
        area.value = value;
        sent.append(area);
      }
      sent.hidden = true;
      document.body.append(sent);
      sent.submit();
    }
  }

  function start() {
    forgetWhatWasSaved();
    const note = document.querySelector("[data-form-memory]");
    if (note) new FormMemory(note).start();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
