/** What TypeDoc's Markdown leaves out of our doc comments, or has no name for. */
import {
  type Application,
  type Comment,
  Converter,
  type ParameterReflection,
  ReflectionKind,
} from 'typedoc';

/** Called by TypeDoc. */
export function load(app: Application): void {
  app.converter.on(Converter.EVENT_RESOLVE_END, ({ project }) => {
    for (const reflection of Object.values(project.reflections)) {
      if (reflection.comment) nameWhatIsThrown(reflection.comment);
      if (!reflection.kindOf(ReflectionKind.Parameter)) continue;
      if (isInternal(reflection.comment)) project.removeReflection(reflection);
      else nameParameter(reflection as ParameterReflection);
    }
  });
}

/** The class in `@throws {BoxApiError} …` is kept by TypeDoc, and left out by the Markdown. */
function nameWhatIsThrown(comment: Comment): void {
  for (const tag of comment.blockTags) {
    if (tag.tag !== '@throws' || tag.typeAnnotation === undefined) continue;
    const name = tag.typeAnnotation.replace(/^\{|\}$/g, '');
    tag.content.unshift({ kind: 'code', text: `\`${name}\`` }, { kind: 'text', text: ': ' });
    delete tag.typeAnnotation;
  }
}

/** `@internal` is for whole declarations; of a parameter, our comments say it in words. */
function isInternal(comment: Comment | undefined): boolean {
  return comment?.summary[0]?.text.startsWith('internal: ') ?? false;
}

/** A parameter that is taken apart at once has no name in the source. */
function nameParameter(parameter: ParameterReflection): void {
  if (parameter.name !== '__namedParameters') return;
  const isLast =
    parameter.parent?.isSignature() && parameter.parent.parameters?.at(-1) === parameter;
  parameter.name = isLast ? 'options' : 'what';
}
