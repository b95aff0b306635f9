package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the pages to what they speak of. A Java block of the README, of {@code docs/guide} or of the overview of the Javadoc
 * is a region of a test, between {@code // region NAME} and {@code // endregion}, and each region is on a page.
 */
class DocumentationTest {
    private static final Path ROOT = Path.of("..");
    private static final Path README = ROOT.resolve("README.md");
    private static final Path OVERVIEW = ROOT.resolve("docs/javadoc/overview.html");
    private static final Path MESSAGES = ROOT.resolve("docs/guide/troubleshooting.md");
    private static final Pattern REGION = Pattern.compile("// region [\\w-]+\n(.*?)\n *// endregion", Pattern.DOTALL);
    private static final Pattern OVERVIEW_BLOCK = Pattern.compile("<pre>\\{@code\n(.*?)\n}</pre>", Pattern.DOTALL);

    @Test
    void pages_javaBlocks_areTheRegionsOfTests() throws IOException {
        var shown = new TreeSet<String>(MarkdownPage.read(README).blocks("java"));
        for (Path file : files(ROOT.resolve("docs/guide"), ".md")) {
            shown.addAll(MarkdownPage.read(file).blocks("java"));
        }
        OVERVIEW_BLOCK
                .matcher(Files.readString(OVERVIEW))
                .results()
                .forEach(match -> shown.add(match.group(1).stripIndent()));

        assertThat(shown).as("blocks that are no region of a test").isSubsetOf(regions());
        assertThat(regions()).as("regions that no page shows").isSubsetOf(shown);
    }

    private static Set<String> regions() throws IOException {
        var regions = new TreeSet<String>();
        for (String module : List.of("lion-core", "lion-teacher", "lion-student", "lion-examples")) {
            for (Path source : files(ROOT.resolve(module).resolve("src/test/java"), ".java")) {
                REGION.matcher(Files.readString(source))
                        .results()
                        .forEach(match -> regions.add(match.group(1).stripIndent()));
            }
        }
        return regions;
    }

    @Test
    void pages_relativeLinks_leadToFilesAndHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : pages()) {
            for (String link : MarkdownPage.read(file).relativeLinks()) {
                brokenPart(file, link).ifPresent(why -> broken.add(file + ": " + link + " " + why));
            }
        }
        assertThat(broken).isEmpty();
    }

    private static Optional<String> brokenPart(Path page, String link) throws IOException {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        Path target = path.isEmpty() ? page : page.resolveSibling(path).normalize();
        if (!Files.exists(target)) {
            return Optional.of("does not exist");
        }
        boolean leads = hash < 0 || MarkdownPage.read(target).anchors().contains(link.substring(hash + 1));
        return leads ? Optional.empty() : Optional.of("has no such heading");
    }

    @Test
    void pages_commandsAndOptions_exist() throws IOException {
        var commands = new NamedCommand(Main.commandLine());
        List<String> unknown = new ArrayList<>();
        for (Path file : pages()) {
            MarkdownPage.read(file)
                    .code()
                    .forEach(code -> commands.unknown(code)
                            .forEach(name -> unknown.add(file + ": there is no " + name + " in: " + code)));
        }
        assertThat(unknown).isEmpty();
    }

    @Test
    void unknown_madeUpCommandsAndOptions_areNamed() {
        var commands = new NamedCommand(Main.commandLine());

        assertThat(commands.unknown("java -jar target/lion-examples.jar destil --seeds F"))
                .containsExactly("the command destil");
        assertThat(commands.unknown("... chat --student runs/a --colour | tee --append log"))
                .containsExactly("--colour");
        assertThat(commands.unknown("--budgets")).containsExactly("--budgets");
        assertThat(commands.unknown("bench loop --generate 200")).isEmpty();
        assertThat(commands.unknown("vllm serve --lora-modules a")).isEmpty();
    }

    /** In the first column of its tables a message is written as it is printed, with … for what differs. */
    @Test
    void troubleshooting_messages_areInTheSources() throws IOException {
        String sources = sources();
        List<String> messages = Pattern.compile("^\\| `([^`]+)`", Pattern.MULTILINE)
                .matcher(Files.readString(MESSAGES))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(messages).hasSizeGreaterThan(20);
        assertThat(messages.stream()
                        .flatMap(message -> Stream.of(message.split("…")))
                        .map(String::strip)
                        .filter(part -> part.length() > 2 && !sources.contains(part)))
                .as("what no main source says")
                .isEmpty();
    }

    /** In the first column of its table what is bold is a heading of the report. */
    @Test
    void readingTheReport_sections_areHeadingsOfTheReport() throws IOException {
        String sources = sources();
        List<String> headings = Pattern.compile("^\\| (\\*\\*[^|]+)\\|", Pattern.MULTILINE)
                .matcher(Files.readString(ROOT.resolve("docs/guide/reading-the-report.md")))
                .results()
                .flatMap(row -> Pattern.compile("\\*\\*([^*]+)\\*\\*")
                        .matcher(row.group(1))
                        .results())
                .map(match -> match.group(1))
                .toList();

        assertThat(headings).hasSizeGreaterThan(10);
        assertThat(headings).allMatch(heading -> sources.contains('"' + heading + '"'));
    }

    /** All main sources, with texts that are put together from several literals as one. */
    private static String sources() throws IOException {
        var all = new StringBuilder();
        for (String module : List.of("lion-core", "lion-teacher", "lion-student", "lion-examples")) {
            for (Path source : files(ROOT.resolve(module).resolve("src/main/java"), ".java")) {
                all.append(Files.readString(source));
            }
        }
        return all.toString().replaceAll("\"\\s*\\+\\s*\"", "").replace("\\\"", "\"");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
        pages.add(README);
        pages.add(ROOT.resolve("CONTRIBUTING.md"));
        return pages;
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }
}
