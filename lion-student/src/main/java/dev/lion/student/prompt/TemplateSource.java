package dev.lion.student.prompt;

import com.hubspot.jinjava.el.ext.ExtendedParser;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A chat template, rewritten where Jinjava reads Jinja differently.
 *
 * <ul>
 *   <li>{@code not a == b} is {@code (not a) == b} to Jinjava; parentheses make it {@code not (a == b)}, for every {@code not}.
 *   <li>{@code f(a=b - 1)} is {@code f((a=b) - 1)} to it; the value gets parentheses, too.
 *   <li>{@code a+1} is {@code a} and {@code +1}; a sign gets spaces around it.
 *   <li>{@code messages[::-1]} and slices with expressions are not in its grammar; {@code a[b:c:d]} becomes a call of {@link
 *       #SLICE}, which {@link TemplateResolver} answers as Python would.
 *   <li>One line break at the end of a template is not part of it, and line breaks are {@code \n}.
 * </ul>
 *
 * Only expressions are touched: text, comments, raw blocks and strings stay as they are.
 */
final class TemplateSource {
    /** The method that slices are written as. */
    static final String SLICE = "__slice__";

    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*[-+]?%}");
    private static final Pattern END_OF_RAW = Pattern.compile("\\{%[-+]?\\s*endraw\\s*[-+]?%}");
    private static final Pattern COMMENT = Pattern.compile("\\{#.*?(#}|\\z)", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\\w+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern MEMBERSHIP = Pattern.compile("\\s+in\\b");

    private static final Pattern SINGLE = Pattern.compile("\\s*[\\w.'\"]*\\s*");
    private static final Set<String> ENDS_OF_NEGATION = Set.of("and", "or", "if", "else");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "if", "elif", "else", "in", "not");

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Group> groups = new ArrayDeque<>();
    private int at;
    private String lastWord = "";
    private String tagName = "";

    private static final int NONE = -1;
    private static final int DEEPEST = 100;

    /** An open bracket, or the whole tag: where it begins in the output, and what is to be closed inside it. */
    private static final class Group {
        private final int start;
        private final boolean subscript;
        private final boolean call;
        private int colons;
        private int negations;
        private int value = NONE;

        Group(int start, boolean subscript, boolean call) {
            this.start = start;
            this.subscript = subscript;
            this.call = call;
        }
    }

    private TemplateSource(String source) {
        this.source = source;
    }

    static String forJinjava(String template) {
        String text = template.replace("\r\n", "\n").replace('\r', '\n');
        return new TemplateSource(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text).rewrite();
    }

    private String rewrite() {
        while (at < source.length()) {
            if (copied(RAW)) {
                raw();
            } else if (!copied(COMMENT)) {
                if (source.startsWith("{{", at) || source.startsWith("{%", at)) {
                    tag(source.charAt(at + 1) == '{' ? "}}" : "%}");
                } else {
                    out.append(source.charAt(at++));
                }
            }
        }
        return out.toString();
    }

    private void raw() {
        Matcher end = END_OF_RAW.matcher(source);
        if (!end.find(at)) {
            throw fault("a raw block has no end");
        }
        out.append(source, at, end.end());
        at = end.end();
    }

    private boolean copied(Pattern pattern) {
        Matcher matcher = pattern.matcher(source).region(at, source.length());
        if (!matcher.lookingAt()) {
            return false;
        }
        out.append(matcher.group());
        at = matcher.end();
        return true;
    }

    private void tag(String end) {
        out.append(source, at, at + 2);
        at += 2;
        groups.clear();
        groups.push(new Group(out.length(), false, false));
        lastWord = "";
        tagName = "";
        while (at < source.length() && !(groups.size() == 1 && endsHere(end))) {
            expression();
        }
        closeNegations();
    }

    /** A hyphen before the end belongs to it. */
    private boolean endsHere(String end) {
        return source.startsWith(end, at) || source.startsWith("-" + end, at) || source.startsWith("+" + end, at);
    }

    private void expression() {
        char c = source.charAt(at);
        if (c == '\'' || c == '"') {
            text(c);
        } else if (Character.isLetter(c) || c == '_') {
            word();
        } else {
            sign(c);
        }
    }

    /** By hand: a regular expression's depth grows with the length of a text. */
    private void text(char quote) {
        int end = at + 1;
        while (end < source.length() && source.charAt(end) != quote) {
            end += source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= source.length()) {
            throw fault("a text in quotes has no end");
        }
        out.append(source, at, end + 1);
        at = end + 1;
        lastWord = "";
    }

    private void word() {
        Matcher matcher = WORD.matcher(source).region(at, source.length());
        matcher.lookingAt();
        String word = matcher.group();
        at = matcher.end();
        if (word.equals(ExtendedParser.INTERPRETER)) {
            throw fault("there is no '" + word + "' here");
        }
        requireKnown(word);
        tagName = tagName.isEmpty() ? word : tagName;
        boolean membership =
                MEMBERSHIP.matcher(source).region(at, source.length()).lookingAt();
        if (word.equals("not") && !lastWord.equals("is") && !membership) {
            out.append("not (");
            groups.element().negations++;
            requireShallow();
        } else {
            if (ENDS_OF_NEGATION.contains(word)) {
                closeNegations();
            }
            out.append(word);
        }
        lastWord = word;
    }

    /** Jinjava takes an unknown filter's outcome for nothing, and a prompt would lack the words that went through it. */
    private void requireKnown(String word) {
        int last = out.length() - 1;
        while (Character.isWhitespace(out.charAt(last))) {
            last--;
        }
        if (out.charAt(last) == '|' && !TemplateEngine.hasFilter(word)) {
            throw fault("there is no filter '" + word + "' here");
        }
    }

    private PromptException fault(String message) {
        long line =
                1 + source.substring(0, at).chars().filter(sign -> sign == '\n').count();
        return new PromptException("line " + line + ": " + message);
    }

    private void sign(char c) {
        at++;
        switch (c) {
            case '(', '[', '{' -> open(c);
            case ')', ']', '}' -> close(c);
            case ',' -> {
                closeNegations();
                closeValue();
                out.append(c);
            }
            case '=' -> equalSign();
            case '+', '-' -> out.append(isTagStart() ? String.valueOf(c) : " " + c + " ");
            case ':' -> colon();
            default -> out.append(c);
        }
        if (!Character.isWhitespace(c)) {
            lastWord = "";
        }
    }

    private void open(char c) {
        groups.push(new Group(out.length(), c == '[' && isOperand(), c == '('));
        requireShallow();
        out.append(c);
    }

    private void requireShallow() {
        if (groups.stream().mapToInt(group -> 1 + group.negations).sum() > DEEPEST) {
            throw fault("an expression is nested too deeply");
        }
    }

    /** Whether what stands before the place ends an operand, so that a bracket after it is a subscript. */
    private boolean isOperand() {
        int last = out.length() - 1;
        while (last >= 0 && Character.isWhitespace(out.charAt(last))) {
            last--;
        }
        char c = last < 0 ? ' ' : out.charAt(last);
        return !KEYWORDS.contains(lastWord) && (Character.isLetterOrDigit(c) || "_)]'\"".indexOf(c) >= 0);
    }

    private void colon() {
        closeNegations();
        Group group = groups.element();
        if (group.subscript) {
            group.colons++;
            out.append('\0');
        } else {
            out.append(':');
        }
    }

    private boolean isTagStart() {
        String last = out.substring(out.length() - 2);
        return last.equals("{{") || last.equals("{%");
    }

    private void equalSign() {
        boolean comparison = source.startsWith("=", at) || "=!<>".indexOf(out.charAt(out.length() - 1)) >= 0;
        out.append('=');
        if (!comparison && groups.element().call && !tagName.equals("macro")) {
            groups.element().value = out.length();
        }
    }

    /** Puts the value of a named argument into parentheses, unless it is a single word. */
    private void closeValue() {
        Group group = groups.element();
        if (group.value != NONE && !SINGLE.matcher(out.substring(group.value)).matches()) {
            out.insert(group.value, '(').append(')');
        }
        group.value = NONE;
    }

    private void close(char c) {
        closeNegations();
        closeValue();
        Group group = groups.size() > 1 ? groups.pop() : groups.element();
        if (group.colons == 0) {
            out.append(c);
        } else {
            var bounds = new StringBuilder();
            for (String bound : out.substring(group.start + 1).split("\0", -1)) {
                bounds.append(bounds.isEmpty() ? "" : ", ").append(bound.isBlank() ? "none" : bound);
            }
            out.setLength(group.start);
            out.append('.').append(SLICE).append('(').append(bounds).append(')');
        }
    }

    private void closeNegations() {
        Group group = groups.element();
        for (; group.negations > 0; group.negations--) {
            out.append(") ");
        }
    }
}
