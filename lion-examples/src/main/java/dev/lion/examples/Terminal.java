package dev.lion.examples;

import java.io.Console;

/** Whether a person sits before the process. */
final class Terminal {
    private Terminal() {}

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
