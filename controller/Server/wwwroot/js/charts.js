// Charts of a server's last day. Each has its figures in a table beside it, so nothing is only drawn.
(() => {
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const colours = ["--chart-1", "--chart-2", "--chart-3", "--chart-4", "--chart-5", "--chart-6"];
  const dashes = [[], [6, 3], [2, 3], [10, 3, 2, 3], [], [6, 3]];
  const lang = document.documentElement.lang;
  const number = new Intl.NumberFormat(lang, { maximumFractionDigits: 2 });
  const scaled = (value, steps, base) => {
    let step = 0;
    while (Math.abs(value) >= base && step < steps.length - 1) { value /= base; step++; }
    return `${number.format(Number(value.toPrecision(3)))} ${steps[step]}`;
  };
  const units = {
    bytes: (v) => scaled(v, ["B", "KiB", "MiB", "GiB", "TiB", "PiB"], 1024),
    "bytes/s": (v) => scaled(v, ["B/s", "kB/s", "MB/s", "GB/s"], 1000),
    percent: (v) => `${number.format(v)} %`,
    celsius: (v) => `${number.format(v)} °C`,
    count: (v) => number.format(v),
  };
  const clock = new Intl.DateTimeFormat(lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Paris" });
  const moment = new Intl.DateTimeFormat(lang, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Paris", timeZoneName: "short" });

  const options = (data, width) => {
    const say = units[data.unit] ?? units.count;
    const axis = { stroke: css("--chart-text"), grid: { stroke: css("--chart-grid"), width: 1 }, ticks: { show: false }, font: "12px system-ui" };
    return {
      width, height: 200,
      tzDate: (s) => uPlot.tzDate(new Date(s * 1000), "Europe/Paris"),
      cursor: { y: false, points: { size: 7 } },
      legend: { live: true },
      scales: { x: { range: [data.from, data.to] }, y: { range: (u, lo, hi) => data.unit === "percent" ? [0, 100] : data.unit === "celsius" ? [Math.min(lo, 20), Math.max(hi + 3, 60)] : [0, Math.max(hi * 1.1, 1)] } },
      axes: [
        { ...axis, space: 60, values: (u, ticks) => ticks.map((t) => clock.format(t * 1000)) },
        { ...axis, size: 74, ...(data.unit === "bytes" ? { incrs: Array.from({ length: 53 }, (_, i) => 2 ** i) } : {}), values: (u, ticks) => ticks.map(say) },
      ],
      series: [
        { label: data.timeLabel, value: (u, v) => v == null ? "–" : moment.format(v * 1000) },
        ...data.series.map((s, i) => ({
          label: s.name, stroke: css(colours[i % colours.length]), dash: dashes[i % dashes.length], width: 2, spanGaps: false,
          points: { show: false }, value: (u, v) => v == null ? "–" : say(v),
        })),
      ],
    };
  };

  const draw = async (place) => {
    let data;
    try {
      const answer = await fetch(place.dataset.chart, { headers: { accept: "application/json" } });
      if (!answer.ok) throw new Error(String(answer.status));
      data = await answer.json();
    } catch {
      place.dataset.failed = "yes";
      return;
    }
    delete place.dataset.failed;
    place.plot?.destroy();
    place.plot = new uPlot(options(data, place.clientWidth), [data.times, ...data.series.map((s) => s.values)], place);
    place.querySelector("canvas").setAttribute("role", "presentation");
  };

  const places = [...document.querySelectorAll("[data-chart]")];
  const seen = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { seen.unobserve(entry.target); draw(entry.target); }
  }, { rootMargin: "200px" });
  places.forEach((place) => seen.observe(place));
  const drawn = () => places.filter((place) => place.plot);
  new ResizeObserver(() => drawn().forEach((place) => place.plot.setSize({ width: place.clientWidth, height: 200 }))).observe(document.body);
  new MutationObserver(() => drawn().forEach(draw)).observe(document.documentElement, { attributes: true, attributeFilter: ["data-bs-theme"] });
  setInterval(() => { if (!document.hidden) drawn().forEach(draw); }, 60000);
})();
