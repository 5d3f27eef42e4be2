// Adds a slider to each weight and keeps the shares up to date. Without it, the numbers and the form work alone.
const rows = [...document.querySelectorAll('.mix-class')];
const numbers = rows.map((row) => row.querySelector('input[type=number]'));

function showShares() {
  const values = numbers.map((number) => Math.max(0, Number(number.value) || 0));
  const sum = values.reduce((a, b) => a + b, 0);
  rows.forEach((row, i) => {
    row.querySelector('output').textContent = sum > 0 ? `${((100 * values[i]) / sum).toFixed(1)}%` : '0.0%';
  });
}

// The sliders share one scale, so that equal positions are equal weights.
const largest = Math.max(1, ...numbers.map((number) => Number(number.value) || 0));
rows.forEach((row, i) => {
  const slider = document.createElement('input');
  slider.type = 'range';
  slider.min = 0;
  slider.max = largest;
  slider.step = largest / 100;
  slider.value = numbers[i].value;
  slider.setAttribute('aria-label', `${row.querySelector('label').textContent}, weight`);
  slider.addEventListener('input', () => {
    numbers[i].value = String(Number(Number(slider.value).toPrecision(3)));
    showShares();
  });
  numbers[i].addEventListener('input', () => {
    slider.value = numbers[i].value;
    showShares();
  });
  row.append(slider);
});
