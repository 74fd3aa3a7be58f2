/**
 * The grammar of conditions, for peggy. It knows shapes and places only: what fields there are, and what may be
 * compared with what, is looked at by `check`. The words in quotes behind the rules are what errors say was expected.
 */
export const GRAMMAR = String.raw`
start = _ @either _

either = first:both rest:(_ or _ @both)* {
  return rest.length === 0 ? first : { kind: 'or', parts: [first, ...rest] };
}

both = first:single rest:(_ and _ @single)* {
  return rest.length === 0 ? first : { kind: 'and', parts: [first, ...rest] };
}

single
  = not _ part:single { return { kind: 'not', part }; }
  / "(" _ @either _ ")"
  / comparison

comparison = field:field _ test:test { return { kind: 'compare', field, ...test }; }

test
  = operator:symbol _ value:value { return { operator, values: [value], negated: false }; }
  / negation:(not _)? operator:pattern _ value:value {
      return { operator, values: [value], negated: negation !== null };
    }
  / negation:(not _)? operator:in _ "(" _ first:value rest:(_ "," _ @value)* _ ")" {
      return { operator, values: [first, ...rest], negated: negation !== null };
    }

symbol "a comparison (= != < <= > >=)" = "<=" / ">=" / "!=" / "=" / "<" / ">"
pattern "like, matches" = word:("like"i / "matches"i) !letter { return word.toLowerCase(); }
in "in (…)" = "in"i !letter { return 'in'; }

field "a field (name, size, modified, …)" = !keyword text:$([a-z_]i [a-z0-9_.-]i*) {
  return { text, start: offset() };
}

value "a value" = quoted / bare

quoted
  = '"' parts:(escaped / $[^"\\]+)* '"' { return { text: parts.join(''), quoted: true, start: offset() }; }
  / "'" parts:(escaped / $[^'\\]+)* "'" { return { text: parts.join(''), quoted: true, start: offset() }; }
  / ["'] { error('the text that begins here has no end: its second ' + text() + ' is missing'); }

escaped = "\\" @["'\\] / $("\\" .)

bare = !(keyword !"." !"-") text:$(number " "+ unit !letter / [^ \t\r\n(),"'<>=!]+) {
  return { text, quoted: false, start: offset() };
}

number = [0-9]+ ("." [0-9]+)?
unit = [kmgt]i "i"i? "b"i / "b"i / "min"i / "days"i / "day"i / "weeks"i / "week"i / [kmgtshdwy]i

and "and" = "and"i !letter
or "or" = "or"i !letter
not "not" = "not"i !letter
keyword = ("and"i / "or"i / "not"i / "in"i / "like"i / "matches"i) !letter
letter = [a-z0-9_]i
_ "a space" = [ \t\r\n]*
`;
