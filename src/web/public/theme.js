// Runs before the first paint, so that a dark page never flashes white.
(function () {
  var kept = null;
  try {
    kept = localStorage.getItem('quarterdeck.theme');
  } catch (e) {
    kept = null;
  }
  var device = matchMedia('(prefers-color-scheme: dark)');
  function apply() {
    document.documentElement.dataset.theme = kept || (device.matches ? 'dark' : 'light');
  }
  apply();
  device.addEventListener('change', function () {
    try {
      kept = localStorage.getItem('quarterdeck.theme');
    } catch (e) {}
    apply();
  });
})();
