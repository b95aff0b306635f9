package dev.lion.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged artifact as another project has it: two jars of ours, lion-core's dependencies, JUnit and AssertJ. */
@Tag("slow") // runs once the jars are packaged
class TestsArtifactTest {
    private static final Path TARGET = Path.of("target");
    private static final List<String> GIVEN = List.of(
            "jackson",
            "guava",
            "failureaccess",
            "slf4j-api",
            "junit",
            "opentest4j",
            "apiguardian",
            "assertj",
            "byte-buddy");
    private static final String CONTRACT = """
            public class LambdaTest extends dev.lion.testing.TeacherContract {
                @Override
                protected dev.lion.role.Teacher create() {
                    return instruction -> dev.lion.data.Response.of("You said: " + %s);
                }
            }
            """;
    private static final String MAIN = """
            import org.junit.platform.engine.discovery.DiscoverySelectors;
            import org.junit.platform.launcher.core.*;
            import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

            public class Main {
                public static void main(String[] args) {
                    var summary = new SummaryGeneratingListener();
                    LauncherFactory.create().execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass("LambdaTest")).build(), summary);
                    System.out.println(summary.getSummary().getTestsSucceededCount() + " passed");
                    summary.getSummary().getFailures().forEach(failure ->
                            System.out.println("failed: " + failure.getTestIdentifier().getLegacyReportingName()));
                }
            }
            """;

    @TempDir
    Path temp;

    @Test
    void jar_entries_areThePublishedPackageAlone() throws IOException {
        try (JarFile jar = new JarFile(packaged("-tests.jar").toFile())) {
            List<String> classes = jar.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.endsWith("/") && !name.startsWith("META-INF/"))
                    .toList();
            assertThat(classes)
                    .contains("dev/lion/testing/TeacherContract.class", "dev/lion/testing/ScriptedRoles.class")
                    .allMatch(name -> name.startsWith("dev/lion/testing/"))
                    .noneMatch(name -> name.matches(".*Test(\\$.*)?\\.class"));
        }
    }

    @Test
    void contract_inAnotherProject_passesASoundLambda() throws Exception {
        assertThat(runElsewhere(CONTRACT.formatted("instruction.fullText()"))).isEqualTo("22 passed");
    }

    @Test
    void contract_inAnotherProject_failsABrokenLambda() throws Exception {
        assertThat(runElsewhere(CONTRACT.formatted("instruction.text()")))
                .isEqualTo("21 passed\nfailed: answer_otherInput_isAnotherAnswer()");
    }

    private String runElsewhere(String contract) throws Exception {
        String classPath = Stream.concat(
                        Stream.of(packaged(".jar"), packaged("-tests.jar"), temp)
                                .map(Path::toString),
                        libraries())
                .collect(Collectors.joining(File.pathSeparator));
        Path test = Files.writeString(temp.resolve("LambdaTest.java"), contract);
        Path main = Files.writeString(temp.resolve("Main.java"), MAIN);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", classPath, "-d", temp.toString(), test.toString(), main.toString());
        assertThat(compiled).as("exit status of the compiler").isZero();
        Path output = temp.resolve("output.txt");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath, "Main"));
        int status = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(temp.resolve("errors.txt").toFile())
                .start()
                .waitFor();
        assertThat(status).as(Files.readString(temp.resolve("errors.txt"))).isZero();
        return Files.readString(output).strip().replace("\r\n", "\n");
    }

    private static Stream<String> libraries() {
        String classPath = Optional.ofNullable(System.getProperty("surefire.test.class.path"))
                .orElse(System.getProperty("java.class.path"));
        return Stream.of(classPath.split(File.pathSeparator)).filter(TestsArtifactTest::isGiven);
    }

    private static boolean isGiven(String entry) {
        String name = Path.of(entry).getFileName().toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".jar") && GIVEN.stream().anyMatch(name::startsWith) && !name.contains("archunit");
    }

    private static Path packaged(String ending) throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            Optional<Path> jar = files.filter(
                            file -> file.getFileName().toString().endsWith(ending))
                    .filter(file -> ending.equals("-tests.jar")
                            || !file.getFileName().toString().endsWith("-tests.jar"))
                    .findFirst();
            assumeTrue(jar.isPresent(), "skipped: nothing is packaged yet; run mvn verify");
            return jar.orElseThrow().toAbsolutePath();
        }
    }
}
