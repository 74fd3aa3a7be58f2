import type { ArgumentWords, Grammar, OptionWords, ValueKind, VerbWords } from './grammar.ts';

/**
 * A completion script for zsh, either as the file `_boxhaul` in a folder of `$fpath` or by
 * `source <(boxhaul completion zsh)` after `compinit`.
 */
export function zshCompletion(grammar: Grammar): string {
  const fn = `_${grammar.name}`;
  return `#compdef ${grammar.name}
# zsh completion for ${grammar.name}: source <(${grammar.name} completion zsh)

${fn}() {
  local context state state_descr line
  typeset -A opt_args
  local -a globals verbs
  globals=(
${grammar.globals.flatMap(optionSpecs).map(indented).join('\n')}
  )
  verbs=(
${grammar.verbs.map((verb) => indented(quoted(`${verb.name}:${escaped(verb.description)}`))).join('\n')}
  )
  _arguments -C $globals '1: :->verb' '*:: :->rest' && return
  case $state in
    verb) _describe -t commands '${grammar.name} command' verbs ;;
    rest)
      case $line[1] in
${grammar.verbs.map(verbCase).join('\n')}
      esac ;;
  esac
}

if [ "$funcstack[1]" = ${fn} ]; then ${fn} "$@"; else compdef ${fn} ${grammar.name}; fi
`;
}

function verbCase(verb: VerbWords): string {
  const specs = [...verb.options.flatMap(optionSpecs), ...verb.arguments.map(argumentSpec)];
  return `        ${verb.name}) _arguments ${specs.join(' ')} ;;`;
}

function optionSpecs(option: OptionWords): string[] {
  const others = option.spellings.join(' ');
  const value =
    option.value === undefined
      ? ''
      : `:${escaped(option.valueName ?? 'value')}:${action(option.value)}`;
  // Values other than a choice may be collected (--ext .zip --ext .isx): offered again.
  const again = option.value !== undefined && option.value.kind !== 'words';
  const exclusion = again ? '*' : `(${others})`;
  return option.spellings.map((spelling) => {
    // `--mode=` lets both `--mode update` and `--mode=update` be completed.
    const name =
      option.value !== undefined && spelling.startsWith('--') ? `${spelling}=` : spelling;
    return quoted(`${exclusion}${name}[${escaped(option.description)}]${value}`);
  });
}

function argumentSpec(argument: ArgumentWords, index: number): string {
  const place = argument.variadic ? '*' : `${index + 1}`;
  const colon = argument.required || argument.variadic ? ':' : '::';
  return quoted(`${place}${colon}${escaped(argument.name)}:${action(argument.value)}`);
}

function action(value: ValueKind): string {
  switch (value.kind) {
    case 'words':
      return `(${value.words.join(' ')})`;
    case 'file':
      return '_files';
    case 'directory':
      return '_files -/';
    case 'text':
      return ' ';
  }
}

/** Colons and brackets end a part of an `_arguments` specification. */
function escaped(text: string): string {
  return text.replace(/[\\:[\]]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function indented(line: string): string {
  return `    ${line}`;
}
