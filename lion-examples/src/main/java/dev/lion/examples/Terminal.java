package dev.lion.examples;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a person sits before the process, and how wide the screen is. */
final class Terminal {
    private static final int USUAL_COLUMNS = 80;
    private static final Pattern SIZE = Pattern.compile("\\d+ ([1-9]\\d{1,3})");

    private Terminal() {}

    /**
     * The terminal's width; 80 where it cannot be told. Asked of {@code stty}, since the terminal library of the progress bar
     * would take Ctrl-C away from the process.
     */
    static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (BufferedReader out = stty.inputReader()) {
                String size = String.valueOf(out.readLine());
                Matcher columns = SIZE.matcher(size);
                return columns.matches() ? Integer.parseInt(columns.group(1)) : USUAL_COLUMNS;
            }
        } catch (IOException e) {
            return USUAL_COLUMNS;
        }
    }

    /**
     * True when standard input and output are a terminal. Up to Java 21 there is a console only then; since Java 22 there
     * always is one, and it knows by itself.
     */
    @SuppressWarnings("SystemConsoleNull") // asked for the versions that return null, and then for the others
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException before22) {
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
