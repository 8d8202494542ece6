/* The focal point of a picture: by click on it, by arrow keys on the mark, or by the two numbers.
   The numbers are what is saved; without this script they are all there is, and enough. */
(() => {
  const between = (value) => Math.min(100, Math.max(0, Math.round(value)));

  const start = () => {
    const root = document.querySelector("[data-focal]");
    const inputs = { x: document.querySelector("#id_focal_x"), y: document.querySelector("#id_focal_y") };
    if (!root || !inputs.x || !inputs.y) return;
    const picture = root.querySelector("[data-focal-picture]");
    const mark = root.querySelector("[data-focal-mark]");
    const file = document.querySelector("#id_file");

    const paint = () => {
      const x = between(Number(inputs.x.value)), y = between(Number(inputs.y.value));
      mark.hidden = false;
      mark.style.left = `${x}%`;
      mark.style.top = `${y}%`;
      root.querySelectorAll("[data-focal-crops] img").forEach((crop) => {
        crop.style.objectPosition = `${x}% ${y}%`;
      });
    };
    const move = (x, y) => {
      inputs.x.value = between(x);
      inputs.y.value = between(y);
      paint();
    };

    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      move(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
      mark.focus();
    });
    mark.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      if (!steps) return;
      event.preventDefault();
      const reach = event.shiftKey ? 10 : 1;
      move(Number(inputs.x.value) + steps[0] * reach, Number(inputs.y.value) + steps[1] * reach);
    });
    Object.values(inputs).forEach((input) => input.addEventListener("input", paint));

    // A file just chosen is shown before it is sent.
    file?.addEventListener("change", () => {
      const chosen = file.files[0];
      if (!chosen || !chosen.type.startsWith("image/")) return;
      const address = URL.createObjectURL(chosen);
      picture.addEventListener("load", () => URL.revokeObjectURL(address), { once: true });
      picture.removeAttribute("width");
      picture.removeAttribute("height");
      picture.src = address;
      root.querySelector("[data-focal-crops]")?.remove();
      root.hidden = false;
      paint();
    });
    if (!root.hidden) paint();
  };

  document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", start) : start();
})();
