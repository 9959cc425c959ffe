// Settles "as the system is" before the page is drawn, and follows the system when it changes.
(() => {
  const root = document.documentElement;
  if (root.dataset.theme !== "system") return;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const draw = () => { root.dataset.bsTheme = dark.matches ? "dark" : "light"; };
  draw();
  dark.addEventListener("change", draw);
})();
