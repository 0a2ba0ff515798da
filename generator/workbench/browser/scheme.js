// Light or dark, as the device is set.

const dark = matchMedia("(prefers-color-scheme: dark)");
const follow = () => { document.body.dataset.mdColorScheme = dark.matches ? "slate" : "default"; };
dark.addEventListener("change", follow);
follow();
