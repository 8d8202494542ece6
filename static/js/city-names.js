// Narrows the list of cities and the points of the map while somebody types a name. Without this script the form
// asks the server, which looks in the same names.
(() => {
  "use strict";

  const input = document.getElementById("city-name");
  const list = document.getElementById("cities");
  if (!input || !list) return;

  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const points = new Map([...document.querySelectorAll(".map-city")].map((point) => [point.getAttribute("href"), point]));
  const cities = [...list.querySelectorAll("li")].map((row) => ({
    row,
    point: points.get(row.querySelector("a").getAttribute("href")),
    names: `${row.dataset.names || ""} ${plain(row.textContent)}`,
  }));
  const status = document.createElement("p");
  status.className = "field-hint";
  status.setAttribute("role", "status");
  input.after(status);

  const narrow = () => {
    const typed = plain(input.value);
    let shown = 0;
    for (const { row, point, names } of cities) {
      row.hidden = !names.includes(typed);
      if (point) point.classList.toggle("map-city-hidden", row.hidden);
      shown += !row.hidden;
    }
    for (const part of list.querySelectorAll(".country")) part.hidden = !part.querySelector("li:not([hidden])");
    // One path has all points; while only some are meant, each link draws its own.
    for (const map of document.querySelectorAll(".map")) map.classList.toggle("map-narrowed", typed !== "");
    status.textContent = typed ? `${shown} / ${cities.length}` : "";
  };
  input.addEventListener("input", narrow);
})();
