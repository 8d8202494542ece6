/* How far an issue has come, asked for once a second while somebody looks. Without a script the page reloads itself. */
"use strict";

(() => {
  const PAUSE = 1000, LONGEST = 15_000;
  const place = document.querySelector("[data-progress]");
  if (!place) return;
  let wait = PAUSE;

  const ask = async () => {
    if (document.hidden) { later(); return; }
    try {
      const answer = await fetch(place.dataset.progress);
      // Signed out meanwhile: what stands there is still the last that was known.
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      place.innerHTML = await answer.text();
      wait = PAUSE;
    } catch {
      wait = Math.min(2 * wait, LONGEST);
    }
    // Another state has other buttons, and perhaps letters that somebody has to look at.
    if (place.querySelector("[data-state]")?.dataset.state !== "sending") { location.reload(); return; }
    later();
  };

  const later = () => setTimeout(ask, wait);
  later();
})();
