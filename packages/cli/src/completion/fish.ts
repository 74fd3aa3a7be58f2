import type { ArgumentWords, Grammar, OptionWords, ValueKind, VerbWords } from './grammar.ts';

/** A completion script for fish: `boxhaul completion fish | source`, or a file in its completions folder. */
export function fishCompletion(grammar: Grammar): string {
  const { name } = grammar;
  const noVerb = `-n '__${name}_verb_is ""'`;
  return [
    `# fish completion for ${name}: ${name} completion fish | source`,
    verbFunction(grammar),
    `complete -c ${name} -e`,
    `complete -c ${name} -f`,
    ...grammar.verbs.map(
      (verb) => `complete -c ${name} ${noVerb} -a ${verb.name} -d ${quoted(verb.description)}`,
    ),
    ...grammar.globals.map((option) => `complete -c ${name} ${noVerb} ${optionFlags(option)}`),
    ...grammar.verbs.flatMap((verb) => verbLines(name, verb)),
    '',
  ].join('\n');
}

/** fish's own `__fish_use_subcommand` takes the value of an option before the verb for the verb. */
function verbFunction({ name, globals }: Grammar): string {
  const withValue = globals
    .filter((option) => option.value !== undefined)
    .flatMap((option) => option.spellings);
  return `function __${name}_verb_is
    set -l skip no
    for word in (commandline -opc)[2..-1]
        if test $skip = yes
            set skip no
            continue
        end
        switch $word
            case ${withValue.length === 0 ? "''" : withValue.join(' ')}
                set skip yes
            case '-*'
            case '*'
                test "$word" = "$argv[1]"
                return
        end
    end
    test -z "$argv[1]"
end`;
}

function verbLines(name: string, verb: VerbWords): string[] {
  const seen = `complete -c ${name} -n '__${name}_verb_is ${verb.name}'`;
  return [
    ...verb.options.map((option) => `${seen} ${optionFlags(option)}`),
    ...verb.arguments.flatMap((argument) => argumentLines(seen, argument)),
  ];
}

function argumentLines(seen: string, argument: ArgumentWords): string[] {
  const offer = offered(argument.value);
  return offer === '' ? [] : [`${seen} ${offer}`];
}

function optionFlags(option: OptionWords): string {
  const spellings = option.spellings.map((spelling) =>
    spelling.startsWith('--') ? `-l ${spelling.slice(2)}` : `-s ${spelling.slice(1)}`,
  );
  const value =
    option.value === undefined
      ? []
      : [option.value.kind === 'file' ? '-r' : '-x', offered(option.value)];
  return [...spellings, ...value, '-d', quoted(option.description)].filter(Boolean).join(' ');
}

function offered(value: ValueKind): string {
  switch (value.kind) {
    case 'words':
      return `-a ${quoted(value.words.join(' '))}`;
    case 'file':
      return '-F';
    case 'directory':
      return `-a '(__fish_complete_directories)'`;
    case 'text':
      return '';
  }
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
