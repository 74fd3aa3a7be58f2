import type { Grammar, OptionWords, ValueKind } from './grammar.ts';

/**
 * A completion script for bash 3.2 (macOS) and newer, for `source <(boxhaul completion bash)` or a
 * file in `bash-completion`'s folder. It needs nothing but bash: no bash-completion, and no call of
 * `boxhaul`, whose start would be felt at each press of Tab.
 */
export function bashCompletion(grammar: Grammar): string {
  const fn = `_${grammar.name}`;
  return `# bash completion for ${grammar.name}: source <(${grammar.name} completion bash)

# What the option $2 of the verb $1 takes: "words …", file, directory or text; fails for a switch.
${fn}_option_takes() {
  case "$1 $2" in
${optionCases(grammar)}
    *) return 1 ;;
  esac
}

# What stands in place $2 (from 0) of the verb $1.
${fn}_argument_takes() {
  case "$1 $2" in
${argumentCases(grammar)}
    *) echo text ;;
  esac
}

${fn}_options() {
  case "$1" in
${grammar.verbs.map((verb) => `    ${verb.name}) echo '${spellings(verb.options)}' ;;`).join('\n')}
    *) echo '${spellings(grammar.globals)}' ;;
  esac
}

${fn}_offer() {
  local IFS=$'\\n'
  case "$1" in
    words\\ *) COMPREPLY=($(IFS=' '; compgen -W "\${1#words }" -- "$2")) ;;
    file) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- "$2")) ;;
    directory) compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -d -- "$2")) ;;
  esac
}

${fn}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous='' verb='' place=0 i word takes
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    # bash splits --mode=update into three words
    if [[ $word == '=' ]]; then continue; fi
    if [[ $word == -* ]]; then
      if ${fn}_option_takes "$verb" "$word" >/dev/null; then
        [[ \${COMP_WORDS[i + 1]-} == '=' ]] && ((i++))
        ((i++))
        if ((i >= COMP_CWORD)); then previous="$word"; fi
      fi
    elif [[ -z $verb ]]; then verb="$word"
    else ((place++)); fi
  done
  [[ $current == '=' ]] && current=''
  if [[ -n $previous ]]; then takes="$(${fn}_option_takes "$verb" "$previous")"
  elif [[ $current == -* ]]; then takes="words $(${fn}_options "$verb")"
  elif [[ -z $verb ]]; then takes='words ${grammar.verbs.map((verb) => verb.name).join(' ')}'
  else takes="$(${fn}_argument_takes "$verb" "$place")"; fi
  ${fn}_offer "$takes" "$current"
}

complete -F ${fn} ${grammar.name}
`;
}

function optionCases(grammar: Grammar): string {
  return [
    ...grammar.verbs.flatMap((verb) =>
      verb.options.flatMap((option) => optionCase(`'${verb.name} `, option)),
    ),
    ...grammar.globals.flatMap((option) => optionCase(`' `, option)),
  ].join('\n');
}

function optionCase(prefix: string, option: OptionWords): string[] {
  if (option.value === undefined) return [];
  const patterns = option.spellings.map((spelling) => `${prefix}${spelling}'`).join(' | ');
  return [`    ${patterns}) echo '${takes(option.value)}' ;;`];
}

function argumentCases(grammar: Grammar): string {
  return grammar.verbs
    .flatMap((verb) =>
      verb.arguments.map((argument, index) => {
        const place = argument.variadic ? `'${verb.name} '*` : `'${verb.name} ${index}'`;
        return `    ${place}) echo '${takes(argument.value)}' ;;`;
      }),
    )
    .join('\n');
}

function takes(value: ValueKind): string {
  return value.kind === 'words' ? `words ${value.words.join(' ')}` : value.kind;
}

function spellings(options: readonly OptionWords[]): string {
  return options.flatMap((option) => option.spellings).join(' ');
}
