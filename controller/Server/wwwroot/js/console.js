// What is live on a page: the countdowns, the changes that the controller sends, and the keys. Every page works without it.
(() => {
  const words = document.body.dataset;

  // --- time: the controller's, never this machine's wall clock ---
  let offset = Number(words.now) - performance.now();
  const now = () => performance.now() + offset;
  const setNow = (milliseconds) => { offset = milliseconds - performance.now(); };

  // The same rules as Console/Display/Durations.cs and ClockFace.cs.
  const two = (n) => String(n).padStart(2, "0");
  const say = (milliseconds, roughly) => {
    const s = Math.floor(Math.abs(milliseconds) / 1000);
    const d = Math.floor(s / 86400), h = Math.floor(s / 3600), m = Math.floor(s / 60);
    if (d) return `${d} ${words.wordDay} ${h % 24} h`;
    if (h) return `${h} h ${two(m % 60)} min`;
    if (m) return roughly ? `${m} min` : `${m} min ${two(s % 60)} s`;
    return `${s} s`;
  };
  const fill = (sentence, text) => sentence.replace("{0}", text);
  const write = (element, text) => { if (element.textContent !== text) element.textContent = text; };

  const tick = () => {
    const instant = now();
    for (const element of document.querySelectorAll("[data-due]")) {
      const due = Number(element.dataset.due), start = Number(element.dataset.start), left = due - instant;
      write(element, fill(left < 0 ? words.wordLate : words.wordLeft, say(left)));
      const clock = element.closest(".clock");
      const tone = left < 0 ? "late" : left < (due - start) / 4 ? "soon" : "running";
      if (clock.dataset.tone !== tone) {
        clock.classList.replace(`clock-${clock.dataset.tone}`, `clock-${tone}`);
        clock.dataset.tone = tone;
      }
      const bar = clock.querySelector("progress");
      if (bar) bar.value = Math.min(100, Math.max(0, (instant - start) / (due - start) * 100));
    }
    for (const element of document.querySelectorAll("[data-ago]")) {
      write(element, fill(words.wordAgo, say(instant - Number(element.dataset.ago), true)));
    }
  };
  setInterval(tick, 1000);
  tick();

  // --- changes as the controller sends them ---
  const silence = 25000; // the controller says something every 10 s
  const grace = 5000;
  const live = document.getElementById("live"), lost = document.getElementById("lost");
  let source, heard = performance.now(), wait = 1000, everOpen = false, retry;

  const show = (state) => {
    live.dataset.state = state;
    write(document.getElementById("live-text"), { on: words.wordLive, connecting: words.wordConnecting, lost: words.wordLost }[state]);
    lost.hidden = state !== "lost";
  };
  const trigger = (name) => { if (window.htmx) htmx.trigger(document.body, name); };

  const connect = () => {
    clearTimeout(retry);
    source = new EventSource(words.live);
    source.addEventListener("now", (e) => {
      heard = performance.now();
      wait = 1000;
      setNow(Number(e.data));
      if (live.dataset.state !== "on") {
        show("on");
        if (everOpen) catchUp();
        everOpen = true;
      }
    });
    source.addEventListener("incident", (e) => {
      heard = performance.now();
      trigger("live-incidents");
      trigger(`live-incident-${JSON.parse(e.data).number}`);
      trigger(`live-server-${JSON.parse(e.data).server}`);
      announce(JSON.parse(e.data).words);
    });
    source.addEventListener("server", (e) => {
      heard = performance.now();
      trigger("live-servers");
      trigger(`live-server-${JSON.parse(e.data).server}`);
    });
    source.addEventListener("operation", (e) => {
      heard = performance.now();
      trigger("live-operations");
      trigger(`live-operation-${JSON.parse(e.data).number}`);
      trigger(`live-operations-${JSON.parse(e.data).server}`);
    });
    source.addEventListener("error", again);
  };
  const again = () => {
    source.close();
    // The controller ends a stream now and then: only what lasts is told as lost.
    if (performance.now() - heard < grace) show("connecting");
    else if (live.dataset.state !== "lost") {
      const text = document.getElementById("lost-text");
      write(text, fill(text.dataset.text, new Date(now() - performance.now() + heard).toLocaleTimeString(document.documentElement.lang, { timeZone: "Europe/Paris", timeZoneName: "short" })));
      show("lost");
    }
    clearTimeout(retry);
    retry = setTimeout(connect, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, 30000);
  };
  const catchUp = () => {
    for (const part of document.querySelectorAll("[hx-trigger*='live-']")) trigger(part.getAttribute("hx-trigger").split(" ")[0]);
  };
  const announce = (text) => { if (text) write(document.getElementById("announce"), text); };

  if (words.live && live) {
    show("connecting");
    connect();
    setInterval(() => { if (performance.now() - heard > silence && live.dataset.state === "on") again(); }, 1000);
    document.addEventListener("visibilitychange", () => { if (!document.hidden && performance.now() - heard > silence) again(); });
    addEventListener("pagehide", () => source.close());
    addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
  }

  // --- parts of a page ---
  // What somebody is typing is not taken away by a change that comes in; it is fetched when the part is left.
  document.addEventListener("htmx:beforeRequest", (e) => {
    const part = e.target.closest("[data-keep-typing]");
    if (part && [...part.querySelectorAll("input:not([type=hidden]), textarea")].some((f) => f.value !== f.defaultValue || f === document.activeElement)) e.preventDefault();
  });
  document.addEventListener("htmx:afterSettle", tick);
  // A part that answers with the sign-in page means that the session is over: go there.
  document.addEventListener("htmx:beforeSwap", (e) => {
    if (e.detail.xhr.responseURL.includes("/sign-in")) { e.detail.shouldSwap = false; location.reload(); }
  });
  // A double click is one step.
  document.addEventListener("submit", (e) => {
    if (e.target.method !== "post") return;
    if (e.target.dataset.sent) e.preventDefault();
    e.target.dataset.sent = "yes";
  });

  // --- the menu, and keys ---
  document.addEventListener("click", (e) => {
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(e.target)) menu.open = false;
  });
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape") {
      for (const menu of document.querySelectorAll("details.menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
    }
    if (e.ctrlKey || e.metaKey || e.altKey || e.target.closest("input, textarea, select, [contenteditable]")) return;
    const rows = [...document.querySelectorAll("[data-rows] .row-link")];
    const at = rows.indexOf(document.activeElement);
    if (e.key === "j" && rows.length) rows[Math.min(at + 1, rows.length - 1)].focus();
    else if (e.key === "k" && rows.length) rows[Math.max(at - 1, 0)].focus();
    else if (e.key === "/" && document.querySelector("[data-search]")) document.querySelector("[data-search]").focus();
    else return;
    e.preventDefault();
  });
})();
