package dev.lion.student.prompt;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** The methods of Python's strings that chat templates call, with Python's meaning. */
final class PythonText {
    private PythonText() {}

    /**
     * Calls a method of a string.
     *
     * @throws PromptException when there is no such method here, or with other arguments
     */
    static Object call(String text, String method, List<Object> arguments) {
        return switch (method) {
            case "strip" -> rightStripped(leftStripped(text, arguments), arguments);
            case "lstrip" -> leftStripped(text, arguments);
            case "rstrip" -> rightStripped(text, arguments);
            case "split" -> split(text, arguments);
            case "startswith" -> text.startsWith(argument(method, arguments, 0));
            case "endswith" -> text.endsWith(argument(method, arguments, 0));
            case "replace" -> replaced(text, argument(method, arguments, 0), argument(method, arguments, 1));
            case "find" -> (long) text.indexOf(argument(method, arguments, 0));
            case "count" ->
                (long) split(text, argument(method, arguments, 0), Integer.MAX_VALUE)
                                .size()
                        - 1;
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "title" -> title(text);
            case "capitalize" -> capitalized(text);
            case "join" -> joined(text, arguments);
            default -> throw new PromptException("there is no string method '" + method + "' here");
        };
    }

    private static String argument(String method, List<Object> arguments, int place) {
        if (place < arguments.size() && arguments.get(place) instanceof CharSequence text) {
            return text.toString();
        }
        throw new PromptException("the string method '" + method + "' needs " + (place + 1) + " texts");
    }

    private static String replaced(String text, String from, String to) {
        long times = from.isEmpty()
                ? text.length() + 1L
                : split(text, from, Integer.MAX_VALUE).size() - 1L;
        requireRoom(text.length() + times * (to.length() - from.length()));
        return text.replace(from, to);
    }

    private static void requireRoom(long length) {
        long most = JinjavaInterpreter.getCurrent().getConfig().getMaxStringLength();
        if (length > most) {
            throw new PromptException("a text of " + length + " characters is over the limit of " + most);
        }
    }

    private static String joined(String separator, List<Object> arguments) {
        if (arguments.size() == 1 && arguments.get(0) instanceof List<?> parts) {
            var texts = parts.stream().map(String::valueOf).toList();
            requireRoom(texts.stream()
                    .mapToLong(text -> text.length() + separator.length())
                    .sum());
            return String.join(separator, texts);
        }
        throw new PromptException("the string method 'join' needs a list");
    }

    /** White space as Python strips it, which Java's own methods do not. */
    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    private static IntPredicate stripped(List<Object> arguments) {
        if (arguments.isEmpty() || !(arguments.get(0) instanceof CharSequence characters)) {
            return PythonText::isSpace;
        }
        return c -> characters.toString().indexOf(c) >= 0;
    }

    private static String leftStripped(String text, List<Object> arguments) {
        var strips = stripped(arguments);
        int start = 0;
        while (start < text.length() && strips.test(text.codePointAt(start))) {
            start += Character.charCount(text.codePointAt(start));
        }
        return text.substring(start);
    }

    private static String rightStripped(String text, List<Object> arguments) {
        var strips = stripped(arguments);
        int end = text.length();
        while (end > 0 && strips.test(text.codePointBefore(end))) {
            end -= Character.charCount(text.codePointBefore(end));
        }
        return text.substring(0, end);
    }

    private static List<String> split(String text, List<Object> arguments) {
        int most = arguments.size() > 1 && arguments.get(1) instanceof Number limit ? limit.intValue() : -1;
        if (!arguments.isEmpty() && arguments.get(0) instanceof CharSequence separator) {
            return split(text, separator.toString(), most < 0 ? Integer.MAX_VALUE : most);
        }
        return text.codePoints().allMatch(PythonText::isSpace)
                ? List.of()
                : List.of(
                        rightStripped(leftStripped(text, List.of()), List.of()).split("(?U)\\s+", most + 1));
    }

    private static List<String> split(String text, String separator, int most) {
        if (separator.isEmpty()) {
            throw new PromptException("the string method 'split' needs a separator that is not empty");
        }
        var parts = new ArrayList<String>();
        int start = 0;
        int next = text.indexOf(separator);
        while (next >= 0 && parts.size() < most) {
            parts.add(text.substring(start, next));
            start = next + separator.length();
            next = text.indexOf(separator, start);
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static String capitalized(String word) {
        return word.isEmpty()
                ? word
                : word.substring(0, 1).toUpperCase(Locale.ROOT)
                        + word.substring(1).toLowerCase(Locale.ROOT);
    }

    private static String title(String text) {
        var title = new StringBuilder();
        boolean inside = false;
        for (int c : text.codePoints().toArray()) {
            title.appendCodePoint(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inside = Character.isLetter(c);
        }
        return title.toString();
    }
}
