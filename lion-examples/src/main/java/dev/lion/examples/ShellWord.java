package dev.lion.examples;

/** A text as one word of a shell's command line, and no option. */
final class ShellWord {
    private ShellWord() {}

    /** The path as it is where it is plain, else between quotation marks. */
    static String of(String path) {
        String word = path.startsWith("-") ? "./" + path : path;
        return word.matches("[A-Za-z0-9_./+:@%-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
