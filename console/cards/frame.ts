import { frameAddress } from '../place.ts';

/** A frame, and the window in it, from which alone messages of its card are taken. */
export interface OpenedFrame {
  readonly frame: HTMLIFrameElement;
  readonly inside: Window;
}

/** An empty frame that is ready to become a card: without the origin of this page, and without a way out. */
export async function openFrame(place: HTMLElement, title: string): Promise<OpenedFrame> {
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-scripts');
  frame.title = title;
  frame.src = frameAddress;
  const ready = new Promise<void>((resolve) => {
    addEventListener('message', function wait({ source, data }) {
      if (source !== null && source === frame.contentWindow && data?.frame === 'ready') {
        removeEventListener('message', wait);
        resolve();
      }
    });
  });
  place.replaceChildren(frame);
  await ready;
  const inside = frame.contentWindow;
  if (inside === null) {
    throw new Error('The frame is gone.');
  }
  return { frame, inside };
}
