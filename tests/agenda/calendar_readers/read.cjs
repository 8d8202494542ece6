// What a reader understood of a calendar (on standard input), as JSON: node read.cjs ical.js /folder/of/packages
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const [reader, folder] = process.argv.slice(2);
const load = createRequire(`${folder}/`);
const text = readFileSync(0, "utf-8");

const readers = {
  "ical.js"() {
    const ICAL = load("ical.js").default ?? load("ical.js");
    const calendar = ICAL.Component.fromString(text);
    // By the calendar's own time zones alone: ical.js knows no others.
    for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
    return calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        sequence: event.sequence,
        summary: event.summary,
        description: event.description,
        location: event.location,
        status: component.getFirstPropertyValue("status"),
        all_day: event.startDate.isDate,
        start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
        end: event.endDate.isDate ? event.endDate.toString() : event.endDate.toJSDate().toISOString(),
      };
    });
  },
  "node-ical"() {
    const plain = (value) => (value === undefined ? null : typeof value === "object" ? value.val : value);
    // A day is that day at midnight on the clock of this machine.
    const day = (date) =>
      [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    return Object.values(load("node-ical").sync.parseICS(text))
      .filter((component) => component.type === "VEVENT")
      .map((event) => {
        const all_day = event.datetype === "date";
        return {
          uid: event.uid,
          sequence: Number(event.sequence),
          summary: plain(event.summary),
          description: plain(event.description),
          location: plain(event.location),
          status: event.status,
          all_day,
          start: all_day ? day(event.start) : event.start.toISOString(),
          end: all_day ? day(event.end) : (event.end ?? event.start).toISOString(),
        };
      });
  },
};

process.stdout.write(JSON.stringify(readers[reader]()));
