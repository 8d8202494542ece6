// Suggestions below a search box while somebody types: the combobox pattern of ARIA 1.2. Without this script the
// form works as it is. Titles come from the server and are only ever set as text.
(() => {
  "use strict";

  const PAUSE = 150;
  const SHORTEST = 2;

  const attach = (input) => {
    const list = document.createElement("ul");
    const status = document.createElement("span");
    let timer, request, active = -1;

    list.id = `${input.id}-suggestions`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.label);
    list.hidden = true;
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");
    const frame = document.createElement("span");
    frame.className = "suggestions-frame";
    input.replaceWith(frame);
    frame.append(input, list, status);

    const options = () => [...list.children];
    const activate = (number) => {
      active = number;
      options().forEach((option, n) => option.setAttribute("aria-selected", String(n === number)));
      if (number < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", options()[number].id);
        options()[number].scrollIntoView({ block: "nearest" });
      }
    };
    const open = (isOpen) => {
      list.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
      if (!isOpen) activate(-1);
    };
    const show = (suggestions) => {
      list.replaceChildren(
        ...suggestions.map((suggestion, n) => {
          const option = document.createElement("li");
          const title = document.createElement("span");
          const kind = document.createElement("span");
          option.id = `${list.id}-${n}`;
          option.setAttribute("role", "option");
          option.dataset.url = suggestion.url;
          title.className = "suggestion-title";
          title.lang = suggestion.language;
          title.textContent = suggestion.title;
          kind.className = "suggestion-type";
          kind.textContent = [suggestion.type, suggestion.date].filter(Boolean).join(" · ");
          option.append(title, " ", kind);
          return option;
        }),
      );
      open(suggestions.length > 0);
      status.textContent = `${input.dataset.label}: ${suggestions.length}`;
    };
    const ask = async () => {
      request?.abort();
      const text = input.value.trim();
      if (text.length < SHORTEST) {
        open(false);
        return;
      }
      request = new AbortController();
      try {
        const address = `${input.dataset.suggestions}?${new URLSearchParams({ q: text })}`;
        const response = await fetch(address, { signal: request.signal, credentials: "same-origin" });
        if (response.ok) show((await response.json()).suggestions);
      } catch {
        // Another letter came first, or the network is away: the form still works.
      }
    };

    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, PAUSE);
    });
    input.addEventListener("keydown", (event) => {
      const last = options().length - 1;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        open(false);
      } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && last >= 0) {
        event.preventDefault();
        const wasOpen = !list.hidden;
        open(true);
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (!wasOpen || active < 0) activate(step > 0 ? 0 : last);
        else if (active + step < 0 || active + step > last) activate(-1);
        else activate(active + step);
      } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
        event.preventDefault();
        location.assign(options()[active].dataset.url);
      }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) location.assign(option.dataset.url);
    });
    input.addEventListener("blur", () => open(false));
  };

  document.querySelectorAll("[data-suggestions]").forEach(attach);
})();
