/** The client's hand-written methods: those of its resources. */
import { BoxClient, developerToken } from '@boxhaul/client';

/** A method, and the prototype that it hangs on. */
interface Method {
  /** As one calls it: `files.get`. */
  readonly label: string;
  readonly name: string;
  readonly owner: object;
  readonly call: (...inputs: unknown[]) => unknown;
}

/** All of them, in the order of the client. */
export function handWrittenMethods(): Method[] {
  const client = new BoxClient({ auth: developerToken('none') });
  const resources = Object.entries(client).filter(([, value]) => typeof value === 'object');
  return resources.flatMap(([resource, value]) => {
    const owner: object = Object.getPrototypeOf(value);
    return Object.getOwnPropertyNames(owner).flatMap((name) => {
      const call: unknown = Reflect.get(owner, name);
      if (name === 'constructor' || typeof call !== 'function') return [];
      return [{ label: `${resource}.${name}`, name, owner, call: call as Method['call'] }];
    });
  });
}
