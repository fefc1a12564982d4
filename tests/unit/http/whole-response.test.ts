import { describe, expect, it } from 'vitest';
import { WholeResponse } from '#platform/http/whole-response';

const text = '{"said":"né 𝄞"}';
const headers = () => new Headers({ 'content-type': 'application/json', 'x-one': '1' });
const whole = () => new WholeResponse(text, headers());

describe.each([
  { form: 'text', make: whole },
  { form: 'bytes', make: () => new WholeResponse(new TextEncoder().encode(text), headers()) },
  {
    form: 'a beginning and a rest that is known',
    make: () => {
      const rest = text.slice(2);
      return new WholeResponse(
        { begin: text.slice(0, 2), rest: { text: rest, bytes: new TextEncoder().encode(rest) } },
        headers(),
      );
    },
  },
])('a response whose body is there as $form', ({ make }) => {
  it.each<[string, (response: Response) => Promise<unknown>]>([
    ['text', (response) => response.text()],
    ['json', (response) => response.json()],
    ['arrayBuffer', async (response) => Buffer.from(await response.arrayBuffer())],
    ['blob', async (response) => await (await response.blob()).text()],
    ['a stream', async (response) => await new Response(response.body).text()],
    ['a copy', async (response) => await response.clone().text()],
  ])('is read as %s like any other', async (_what, read) => {
    expect(await read(make())).toEqual(await read(new Response(text, { headers: headers() })));
  });

  it('is handed on whole', () => {
    const { whole: body } = make();
    expect(typeof body === 'string' ? body : new TextDecoder().decode(body)).toBe(text);
  });

  it('is read once', async () => {
    for (const read of [(one: Response) => one.text(), (one: Response) => one.arrayBuffer()]) {
      const response = make();
      expect(response.bodyUsed).toBe(false);
      await read(response);
      expect(response.bodyUsed).toBe(true);
      await expect(response.text()).rejects.toThrow(TypeError);
      await expect(response.arrayBuffer()).rejects.toThrow(TypeError);
      await expect(response.json()).rejects.toThrow(TypeError);
    }
  });

  it('can be read as text after its stream was only looked at', async () => {
    const response = make();
    expect(response.body).not.toBeNull();
    expect(await response.text()).toBe(text);
  });

  it('has the status and the headers, and what is set on them later', () => {
    const response = make();
    response.headers.set('x-one', '2');
    expect(response).toMatchObject({ status: 200, ok: true });
    expect(response.headers.get('x-one')).toBe('2');
    expect(response.clone().headers.get('x-one')).toBe('2');
    expect(response).toBeInstanceOf(Response);
  });
});
