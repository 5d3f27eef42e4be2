// Shows the buttons that copy a text, if the browser allows access to the clipboard (only on https or localhost).
if (navigator.clipboard) {
  for (const block of document.querySelectorAll('.copy-text')) {
    const button = block.querySelector('button');
    const label = button.firstChild;
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(block.querySelector('pre').textContent);
        label.data = 'Copied';
      } catch {
        label.data = 'Copying is blocked; select the text';
      }
      setTimeout(() => { label.data = 'Copy'; }, 2500);
    });
  }
}
