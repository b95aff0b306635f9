package dev.lion.examples;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** How this program is called from where the user is, for commands that are shown to be typed. */
final class CommandPrefix {
    private CommandPrefix() {}

    /** {@code java -jar} and the jar's path, as short as it can be from the working directory. */
    static String get() {
        try {
            Path jar = Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path here = Path.of("").toAbsolutePath();
            return "java -jar " + (jar.startsWith(here) ? here.relativize(jar) : jar);
        } catch (URISyntaxException e) {
            return "java -jar lion-examples.jar";
        }
    }
}
