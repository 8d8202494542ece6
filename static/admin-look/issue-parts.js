/* The items of an issue are moved by dragging, or with the arrow keys on their handle. The numbers follow. */
"use strict";

(() => {
  const start = () => {
    const parts = document.querySelector(".parts");
    if (!parts) return;
    document.body.classList.add("has-handles");

    const rows = (section) => [...section.querySelectorAll(".part")];
    const number = (row) => row.querySelector("[name$='-order']");

    const renumber = (section) => {
      rows(section).forEach((row, index) => { number(row).value = 10 * (index + 1); });
      section.dispatchEvent(new Event("input", { bubbles: true }));
    };

    const move = (row, before) => {
      const section = row.closest(".parts-section");
      section.insertBefore(row, before);
      renumber(section);
    };

    const step = (row, down) => {
      const all = rows(row.closest(".parts-section")), place = all.indexOf(row);
      if (down && place < all.length - 1) move(row, all[place + 1].nextElementSibling);
      if (!down && place > 0) move(row, all[place - 1]);
    };

    for (const row of parts.querySelectorAll(".part")) {
      const handle = row.querySelector(".part-handle"), box = row.querySelector("[name$='-is_kept']");
      if (!handle) continue;
      handle.hidden = false;
      handle.title = parts.dataset.move;
      handle.setAttribute("aria-label", `${parts.dataset.move}: ${row.querySelector(".part-name").textContent}`);
      handle.addEventListener("keydown", (event) => {
        if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
        event.preventDefault();
        step(row, event.key === "ArrowDown");
        handle.focus();
      });
      // By the pointer, so that it works under a finger too. The document listens: a moved element loses the pointer.
      const follow = (event) => {
        const others = rows(row.closest(".parts-section")).filter((other) => other !== row);
        const after = others.find((other) => {
          const place = other.getBoundingClientRect();
          return event.clientY < place.top + place.height / 2;
        });
        const before = after ?? others.at(-1)?.nextElementSibling ?? null;
        if (before !== row && before !== row.nextElementSibling) move(row, before);
      };
      const end = () => {
        row.classList.remove("is-moving");
        document.removeEventListener("pointermove", follow);
      };
      handle.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        handle.focus();
        row.classList.add("is-moving");
        document.addEventListener("pointermove", follow);
        document.addEventListener("pointerup", end, { once: true });
        document.addEventListener("pointercancel", end, { once: true });
      });

      const show = () => row.classList.toggle("is-dropped", !box.checked);
      box.addEventListener("change", show);
      show();
    }
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();
})();
