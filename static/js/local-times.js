// Says an event's time on the visitor's own clock, where it differs from the event's: "13:50 in your time zone
// (Europe/Helsinki)". All words come from the page: see templates/agenda/_local_time.html.
(() => {
  "use strict";

  const two = (number) => String(number).padStart(2, "0");
  const isoDay = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = (date) => `${two(date.getHours())}:${two(date.getMinutes())}`;

  // "1 October" by the browser's own data; but French browsers write "1 octobre", where the page has "1er".
  const dayText = (date, { locale, firstDay }) =>
    new Intl.DateTimeFormat(locale, { day: "numeric", month: "long" })
      .formatToParts(date)
      .map(({ type, value }) => (type === "day" && value === "1" ? firstDay : value))
      .join("");

  // Functions, because a "$" in a text that is put in has a meaning of its own.
  const insert = (template, texts) =>
    Object.entries(texts).reduce((text, [name, value]) => text.replace(`{${name}}`, () => value), template);

  const localText = (moments, eventDays, words) => {
    const days = moments.map(isoDay);
    const dated = (date, time) => insert(words.dayTime, { day: dayText(date, words), time });
    if (new Set(days).size > 1) return moments.map((date) => dated(date, clock(date))).join(words.wideDash);
    const clocks = moments.map(clock).join(words.dash);
    return eventDays.every((day) => day === days[0]) ? clocks : dated(moments[0], clocks);
  };

  const fill = (element) => {
    const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
    const written = [...new Set([element.getAttribute("datetime"), element.dataset.last])];
    const moments = written.map((text) => new Date(text));
    const alike = moments.every((date, n) => written[n].startsWith(`${isoDay(date)}T${clock(date)}`));
    if (!zone || alike || moments.some((date) => Number.isNaN(date.getTime()))) return;
    const time = localText(moments, written.map((text) => text.slice(0, 10)), element.dataset);
    element.textContent = insert(element.dataset.label, { time, zone: zone.replaceAll("_", " ") });
    element.hidden = false;
  };

  document.querySelectorAll("[data-local-time]").forEach(fill);
})();
