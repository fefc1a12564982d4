/** The page around a card, of another origin than the host: it passes messages on, each from the one that it knows. */
const host = window.parent;
const frame = document.createElement('iframe');
frame.sandbox.add('allow-scripts');
frame.title = 'card';
document.body.append(frame);

addEventListener('message', ({ source, data }) => {
  if (source === host) {
    if (data?.method === 'ui/notifications/sandbox-resource-ready') {
      frame.srcdoc = data.params.html;
    } else {
      frame.contentWindow?.postMessage(data, '*');
    }
  } else if (source === frame.contentWindow) {
    host.postMessage(data, '*');
  }
});
host.postMessage({ jsonrpc: '2.0', method: 'ui/notifications/sandbox-proxy-ready', params: {} }, '*');

export {};
