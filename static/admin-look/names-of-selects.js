/* Select2 draws a box of its own over each select with many choices, without telling screen readers its name. */
(() => {
  "use strict";

  function nameAll() {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = select.labels && select.labels[0];
      const box = select.nextElementSibling;
      if (!label || !box || !box.classList.contains("select2")) continue;
      const name = label.textContent.trim().replace(/:$/, "");
      for (const part of box.querySelectorAll("[role='combobox'], [role='textbox'], input")) {
        // In a single box the name goes before the choice, which Select2 has put there already.
        part.removeAttribute("aria-labelledby");
        part.setAttribute("aria-label", name);
      }
    }
  }

  // Behind Django's own call in jQuery's queue, which may run later than the load event.
  window.addEventListener("load", () => window.django && window.django.jQuery(nameAll));
  document.addEventListener("formset:added", () => setTimeout(nameAll));
})();
