package dev.lion.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.lion.student.DjlStudent;
import dev.lion.student.tokenizer.StudentTokenizer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A student behind the command line's server, chatted with from the command line. */
class ServeCommandTest {
    private static final Pattern URL = Pattern.compile("chat --url (\\S+)");

    @TempDir
    private static Path temp;

    private static String student = "";

    /** What a command printed and returned. */
    private record Outcome(int code, String out, String err) {}

    @BeforeAll
    static void write() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("small"));
        try (var tokenizer = StudentTokenizer.train(List.of("a question and an answer"), 260);
                var untrained = DjlStudent.builder()
                        .fromScratch(ScratchStudent.shape(tokenizer, 64, 1, 256), tokenizer, 1)
                        .build()) {
            untrained.save(folder);
        }
        student = folder.toString();
    }

    @Test
    @Tag("slow")
    void serve_chattedWithUntilTerminated_answersAsInThisProcessAndEndsByItself() throws Exception {
        assumeFalse(System.getProperty("os.name").startsWith("Windows"), "skipped: Windows has no signal to send");
        var server = ChildProgram.start(temp, List.of("serve", "--student", student, "--port", "0", "--name", "fox"));
        try {
            server.await(() -> server.printed().contains("Ctrl-C ends it."));
            Matcher url = URL.matcher(server.printed());
            assertThat(url.find()).as(server.printed()).isTrue();

            var served = run("chat", "--url", url.group(1), "--max-new-tokens", "5", "a question");
            var local = run("chat", "--student", student, "--max-new-tokens", "5", "a question");

            assertThat(served.code()).as(served.err()).isZero();
            assertThat(served.out()).isEqualTo(local.out());
            assertThat(run("chat", "--url", url.group(1), "--model", "wolf", "a question")
                            .err())
                    .contains("no answer: there is no such model here; the only one is 'fox'")
                    .doesNotContain("{");
            String root = url.group(1).replace("/v1", "");
            assertThat(run("chat", "--url", root, "a question").err())
                    .contains("is /v1 missing at the end of " + root + "?")
                    .doesNotContain("{");
        } finally {
            var ended = server.terminate().end();
            assertThat(ended.err())
                    .contains("stopping: new requests are refused")
                    .doesNotContain("Exception");
            assertThat(ended.out()).contains("'fox'", "curl http://127.0.0.1:");
        }
    }

    @Test
    void serve_portIsTaken_saysSoAndHowToChooseAnother() throws IOException {
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var outcome = run("serve", "--student", student, "--port", String.valueOf(other.getLocalPort()));

            assertThat(outcome.code()).isEqualTo(1);
            assertThat(outcome.err()).contains("port " + other.getLocalPort() + " is taken", "--port");
        }
    }

    @Test
    void serve_unusableOptions_namesAllOfThem() {
        var outcome = run(
                "serve", "--student", student, "--port=70000", "--rows=0", "--key-env=LION_NO_SUCH_KEY", "--threads=0");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("--port", "--rows", "--threads", "LION_NO_SUCH_KEY, which is not set");
        assertThat(run("serve", "--student", student, "--name", "a\u001B[2Jb").err())
                .contains("--name must not be blank")
                .doesNotContain("\u001B");
    }

    @Test
    void name_studentOfARun_isTheRuns() throws IOException {
        Path iteration = Files.createDirectories(temp.resolve("support-desk/student/iteration-3"));
        Files.writeString(temp.resolve("support-desk/run.json"), "{}");

        assertThat(StudentFolder.name(iteration)).isEqualTo("support-desk");
        assertThat(StudentFolder.name(temp.resolve("support-desk"))).isEqualTo("support-desk");
        assertThat(StudentFolder.name(Path.of(student))).isEqualTo("small");
    }

    @Test
    void chat_urlWithoutScheme_saysHowUrlsAre() {
        for (String url : List.of("127.0.0.1:8080/v1", "localhost:8080/v1", "http:///v1", "not a url")) {
            var outcome = run("chat", "--url", url, "a question");

            assertThat(outcome.code()).isEqualTo(2);
            assertThat(outcome.err()).contains("--url must be as http://127.0.0.1:8080/v1", "but is " + url);
        }
    }

    @Test
    void chat_neitherFolderNorUrl_saysErrorOnce() {
        assertThat(run("chat", "a question").err()).startsWith("error: ").doesNotContain("Error:");
    }

    @Test
    void chat_noServerAtTheUrl_saysSo() {
        var outcome = run("chat", "--url", "http://127.0.0.1:9/v1", "a question");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("http://127.0.0.1:9/v1", "no server listens there");
    }

    @Test
    void chat_optionsOfTheOtherSource_areRefused() {
        assertThat(run("chat", "a question").code()).isEqualTo(2);
        assertThat(run("chat", "--url", "http://127.0.0.1:9/v1", "--student", student, "a question")
                        .code())
                .isEqualTo(2);
        assertThat(run("chat", "--url", "http://127.0.0.1:9/v1", "--base", student, "a question")
                        .err())
                .contains("--base is for a student in a folder");
        assertThat(run("chat", "--student", student, "--model", "fox", "a question")
                        .err())
                .contains("--model and --key-env are for a server's student");
    }

    private static Outcome run(String... arguments) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        PrintStream standardOut = System.out;
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            int code = Main.commandLine()
                    .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                    .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8))
                    .execute(arguments);
            return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(standardOut);
        }
    }
}
