/* Nothing typed on the translator's page is lost: it stays in this browser until it was saved, through an expired
   session, a closed window, a failing line. Also the keys that save: Ctrl+Enter, Ctrl+Shift+Enter to go on.

   The form's data-draft names the memory (person, item, language); data-typed says that the server sent back what was
   typed. What the texts were when writing began is kept too, so that the server still notices who was faster. After
   saving, a message of the class "translation-saved-<item>-<language>" says what may be forgotten. */
(() => {
  "use strict";

  const PREFIX = "translator-draft:";
  const KEPT_DAYS = 60;

  /* A browser may forbid its memory; then the page works without. */
  const memory = {
    read(key) {
      try {
        return JSON.parse(localStorage.getItem(key));
      } catch {
        return null;
      }
    },
    write(key, value) {
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        // Full or forbidden.
      }
    },
    remove(key) {
      try {
        localStorage.removeItem(key);
      } catch {
        // There is nothing, then.
      }
    },
    keys() {
      try {
        return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
      } catch {
        return [];
      }
    },
  };

  function forgetWhatWasSaved() {
    for (const element of document.querySelectorAll("[class*='translation-saved-']")) {
      const [, item, language] = /translation-saved-(\d+)-(\w+)/.exec(element.className);
      for (const key of memory.keys()) if (key.endsWith(`:${item}:${language}`)) memory.remove(key);
    }
    const oldest = Date.now() - KEPT_DAYS * 24 * 3600 * 1000;
    for (const key of memory.keys()) if (!((memory.read(key) || {}).at > oldest)) memory.remove(key);
  }

  class Draft {
    constructor(form) {
      this.form = form;
      this.key = form.dataset.draft;
      this.note = form.querySelector(".translator-restored");
      this.texts = [...form.querySelectorAll("input[type='text'], textarea")];
      this.origins = [...form.querySelectorAll("input[name^='text-'], input[name^='source-']")];
      this.asServed = valuesOf(this.texts);
      this.originsServed = valuesOf(this.origins);
      this.typed = new Set();
    }

    start() {
      if ("typed" in this.form.dataset) {
        // An answer of the server to what was typed: newer than any memory.
        for (const text of this.texts) this.typed.add(text.name);
        this.keep();
      } else {
        this.restore();
      }
      for (const text of this.texts) text.addEventListener("input", () => this.noteTyping(text.name));
      this.note.querySelector("button").addEventListener("click", () => this.discard());
      document.addEventListener("keydown", (event) => this.act(event));
      if (window.CKEDITOR) window.CKEDITOR.on("instanceReady", ({ editor }) => this.listenTo(editor));
    }

    listenTo(editor) {
      const asOpened = editor.getData();
      editor.on("change", () => {
        if (this.typed.has(editor.name) || editor.getData() !== asOpened) {
          editor.updateElement();
          this.noteTyping(editor.element.getNameAtt());
        }
      });
      for (const [name, shift] of [["_save", 0], ["_next", window.CKEDITOR.SHIFT]]) {
        editor.addCommand(`translator${name}`, { exec: () => this.press(name), readOnly: true });
        editor.setKeystroke(window.CKEDITOR.CTRL + shift + 13, `translator${name}`);
      }
    }

    noteTyping(name) {
      this.typed.add(name);
      this.keep();
    }

    keep() {
      const typed = this.texts.filter((text) => this.typed.has(text.name));
      memory.write(this.key, { at: Date.now(), texts: valuesOf(typed), origins: valuesOf(this.origins) });
    }

    restore() {
      const kept = memory.read(this.key);
      if (!kept || !kept.texts) return;
      const lost = this.texts.filter((text) => text.name in kept.texts && kept.texts[text.name] !== text.value);
      if (lost.length === 0) return memory.remove(this.key);
      for (const text of lost) {
        text.value = kept.texts[text.name];
        this.typed.add(text.name);
        const field = text.name.slice(0, text.name.lastIndexOf("_"));
        for (const origin of this.origins) {
          const [kind, name] = [origin.name.split("-")[0], origin.name.slice(origin.name.indexOf("-") + 1)];
          if (name === field && ["text", "source"].includes(kind) && origin.name in kept.origins) {
            origin.value = kept.origins[origin.name];
          }
        }
      }
      this.note.hidden = false;
    }

    discard() {
      memory.remove(this.key);
      this.typed.clear();
      setValues(this.origins, this.originsServed);
      setValues(this.texts, this.asServed);
      for (const text of this.texts) {
        const editor = window.CKEDITOR && window.CKEDITOR.instances[text.id];
        if (editor) editor.setData(text.value, { noSnapshot: true, callback: () => this.forget(text.name) });
      }
      this.note.hidden = true;
      this.texts[0].focus();
    }

    /* Setting an editor's text is a change for the editor, but nobody typed it. */
    forget(name) {
      setTimeout(() => {
        this.typed.delete(name);
        if (this.typed.size === 0) memory.remove(this.key);
      });
    }

    act(event) {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.press(event.shiftKey ? "_next" : "_save");
    }

    press(name) {
      this.form.querySelector(`input[name='${name}']`).click();
    }
  }

  function valuesOf(inputs) {
    return Object.fromEntries(inputs.map((input) => [input.name, input.value]));
  }

  function setValues(inputs, values) {
    for (const input of inputs) input.value = values[input.name];
  }

  function start() {
    forgetWhatWasSaved();
    const form = document.getElementById("translator-form");
    if (form) new Draft(form).start();
  }

  // Before CKEditor takes the textareas over, which it does when the document is complete.
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
