package dev.lion.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AdaptersPageTest {
    private static final Path PAGE = Path.of("../docs/adapters.md");
    private static final Path SOURCES = Path.of("src/test/java/dev/lion/guide");
    private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// region [\\w-]+\n(.*?)\n *// endregion", Pattern.DOTALL);

    @Test
    void page_javaBlocks_areTheRegionsOfTheTestsInThisPackage() throws IOException {
        List<String> regions = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.filter(file -> !file.endsWith("AdaptersPageTest.java"))
                    .toList()) {
                regions.addAll(found(REGION, file));
            }
        }
        assertThat(found(BLOCK, PAGE)).isNotEmpty().containsExactlyInAnyOrderElementsOf(regions);
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        return pattern.matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1).stripIndent())
                .toList();
    }
}
