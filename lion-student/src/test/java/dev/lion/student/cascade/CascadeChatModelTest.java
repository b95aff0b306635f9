package dev.lion.student.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.exception.TimeoutException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiChatResponseMetadata;
import dev.lion.cost.Price;
import dev.lion.data.Money;
import dev.lion.data.TokenUsage;
import dev.lion.student.LoadConfig;
import dev.lion.student.cascade.CascadeChatResponseMetadata.Answerer;
import dev.lion.student.chat.OverfittedStudent;
import dev.lion.student.chat.StudentChatModel;
import dev.lion.student.chat.StudentChatResponseMetadata;
import dev.lion.student.decoder.WeightType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CascadeChatModelTest {
    private static final String KNOWN = OverfittedStudent.CAPITAL;
    private static final String UNKNOWN = "piece of wood: 4 crow, Berlin!";

    private static StudentChatModel student;

    @TempDir
    Path temp;

    @BeforeAll
    static void load() throws Exception {
        student = StudentChatModel.builder()
                .folder(OverfittedStudent.folder())
                .defaultRequestParameters(ChatRequest.builder()
                        .messages(UserMessage.from(KNOWN))
                        .temperature(0.0)
                        .maxOutputTokens(60)
                        .build()
                        .parameters())
                .build();
    }

    @AfterAll
    static void free() {
        student.close();
    }

    @Test
    void chat_studentIsSure_answersAloneAndSaysSo() throws Exception {
        try (var server = ScriptedServer.replying(200);
                var cascade = cascade(server, 0.9)) {
            var response = cascade.chat(request(KNOWN));

            assertThat(response.aiMessage().text()).isEqualTo("The capital of Germany is Berlin.");
            var told = (CascadeChatResponseMetadata) response.metadata();
            assertThat(told.answeredBy()).isEqualTo(Answerer.STUDENT);
            assertThat(told.reason()).isEqualTo(CascadeReason.CONFIDENT);
            assertThat(told.confidence().orElseThrow()).isBetween(0.9, 1.0);
            assertThat(told.threshold()).isEqualTo(0.9);
            assertThat(told.failure()).isEmpty();
            assertThat(told.own()).isInstanceOf(StudentChatResponseMetadata.class);
            assertThat(told.modelName()).isEqualTo("overfitted-student");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void chat_studentIsUnsure_teacherAnswersAndItsOwnMetadataAreKept() throws Exception {
        try (var server = ScriptedServer.replying(200);
                var cascade = cascade(server, 0.99999)) {
            var response = cascade.chat(request(KNOWN));

            assertThat(response.aiMessage().text()).isEqualTo("From the teacher.");
            var told = (CascadeChatResponseMetadata) response.metadata();
            assertThat(told.answeredBy()).isEqualTo(Answerer.TEACHER);
            assertThat(told.reason()).isEqualTo(CascadeReason.UNSURE);
            assertThat(told.confidence().orElseThrow()).isLessThan(0.99999);
            assertThat(told.own()).isInstanceOf(OpenAiChatResponseMetadata.class);
            assertThat(told.modelName()).isEqualTo("big-1");
            assertThat(told.tokenUsage().totalTokenCount()).isEqualTo(120);
            assertThat(told.toBuilder().build()).isEqualTo(told);
        }
    }

    @Test
    void chat_knownAndUnknownQuestion_confidenceTellsThemApart() throws Exception {
        try (var server = ScriptedServer.replying(200);
                var cascade = cascade(server, 0.9)) {
            assertThat(metadata(cascade, request(UNKNOWN)).answeredBy()).isEqualTo(Answerer.TEACHER);
            assertThat(metadata(cascade, request(KNOWN)).answeredBy()).isEqualTo(Answerer.STUDENT);
        }
    }

    @Test
    void chat_answerCutOff_isNeverConfident() throws Exception {
        try (var server = ScriptedServer.replying(200);
                var cascade = cascade(server, 0)) {
            var told = metadata(
                    cascade,
                    ChatRequest.builder()
                            .messages(UserMessage.from(KNOWN))
                            .maxOutputTokens(2)
                            .build());

            assertThat(told.reason()).isEqualTo(CascadeReason.UNFINISHED);
            assertThat(told.confidence()).hasValue(0);
            assertThat(told.answeredBy()).isEqualTo(Answerer.TEACHER);
        }
    }

    @Test
    void chat_whatTheStudentCannotDo_goesToTheTeacher() throws Exception {
        try (var server = ScriptedServer.replying(200);
                var cascade = cascade(server, 0)) {
            var tools = metadata(cascade, withTool());
            var tooLong = metadata(cascade, request("green wood ".repeat(400)));

            assertThat(tools.reason()).isEqualTo(CascadeReason.STUDENT_REFUSED);
            assertThat(tools.confidence()).isEmpty();
            assertThat(tools.failure().orElseThrow()).contains("UnsupportedFeatureException");
            assertThat(tooLong.reason()).isEqualTo(CascadeReason.STUDENT_REFUSED);
            assertThat(tooLong.failure().orElseThrow()).contains("context");
            assertThat(server.requests().get(0)).contains("\"weather\"");
        }
    }

    @Test
    void chat_nameOfTheBigModel_isTheTeachersAlone() throws Exception {
        try (var server = ScriptedServer.replying(200);
                var cascade = cascade(server, 0.9)) {
            var named = ChatRequest.builder().modelName("biggest");

            assertThat(metadata(cascade, named.messages(UserMessage.from(KNOWN)).build())
                            .answeredBy())
                    .isEqualTo(Answerer.STUDENT);
            metadata(cascade, named.messages(UserMessage.from(UNKNOWN)).build());
            assertThat(server.requests()).hasSize(1).first().asString().contains("\"biggest\"");
        }
    }

    @Test
    void chat_teacherFails_studentAnswersAndTheFailureIsNamed() throws Exception {
        try (var server = ScriptedServer.replying(503);
                var cascade = cascade(server, 0.99999)) {
            var response = cascade.chat(request(KNOWN));

            assertThat(response.aiMessage().text()).isEqualTo("The capital of Germany is Berlin.");
            var told = (CascadeChatResponseMetadata) response.metadata();
            assertThat(told.answeredBy()).isEqualTo(Answerer.STUDENT);
            assertThat(told.reason()).isEqualTo(CascadeReason.TEACHER_FAILED);
            assertThat(told.failure().orElseThrow()).contains("InternalServerException", "out of order");
        }
    }

    @Test
    void chat_teacherHangs_studentAnswersAfterTheTeachersTimeout() throws Exception {
        try (var server = ScriptedServer.replying(0);
                var cascade = cascade(server, 0.99999)) {
            var told = metadata(cascade, request(KNOWN));

            assertThat(told.reason()).isEqualTo(CascadeReason.TEACHER_FAILED);
            assertThat(told.failure().orElseThrow()).contains(TimeoutException.class.getSimpleName());
        }
    }

    @Test
    void chat_nobodyHasAnAnswer_throwsTheTeachersErrorWithTheStudents() throws Exception {
        try (var server = ScriptedServer.replying(500);
                var cascade = cascade(server, 0)) {
            assertThatThrownBy(() -> cascade.chat(withTool()))
                    .isInstanceOf(InternalServerException.class)
                    .satisfies(failure -> assertThat(failure.getSuppressed())
                            .hasSize(1)
                            .allSatisfy(one -> assertThat(one).isInstanceOf(UnsupportedFeatureException.class)));
            assertThat(cascade.counts().failures()).isEqualTo(1);
            assertThat(cascade.counts().requests()).isEqualTo(1);
        }
    }

    @Test
    void chat_interrupted_answersNothing() throws Exception {
        try (var server = ScriptedServer.replying(200);
                var cascade = cascade(server, 0.9)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> cascade.chat(request(KNOWN))).isInstanceOf(RuntimeException.class);
            assertThat(Thread.interrupted()).isTrue();
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void chat_bothModelsListened_eachIsToldOfItsOwnCalls() throws Exception {
        var heard = new CopyOnWriteArrayList<String>();
        try (var server = ScriptedServer.replying(200);
                var listened = StudentChatModel.builder()
                        .folder(OverfittedStudent.folder())
                        .listeners(List.of(listener("student", heard)))
                        .build();
                var cascade = CascadeChatModel.builder()
                        .student(listened)
                        .teacher(teacher(server, listener("teacher", heard)))
                        .threshold(1)
                        .build()) {
            cascade.chat(request(KNOWN));
        }

        assertThat(heard).containsExactly("student", "teacher");
    }

    @Test
    void counts_manyCallers_addUp() throws Exception {
        try (var server = ScriptedServer.replying(200);
                var cascade = cascade(server, 0.9)) {
            var pool = Executors.newFixedThreadPool(4);
            List<Callable<Object>> calls = new ArrayList<>();
            IntStream.range(0, 24).forEach(i -> calls.add(() -> cascade.chat(request(i % 3 == 0 ? UNKNOWN : KNOWN))));
            for (var call : pool.invokeAll(calls)) {
                call.get();
            }
            pool.shutdown();

            CascadeCounts counts = cascade.counts();
            assertThat(counts.requests()).isEqualTo(24);
            assertThat(counts.byStudent()).isEqualTo(16);
            assertThat(counts.byTeacher()).isEqualTo(8);
            assertThat(counts.fallbacks() + counts.failures()).isZero();
            assertThat(counts.localShare()).isEqualTo(16 / 24.0);
            assertThat(counts.teacherTokens()).isEqualTo(new TokenUsage(800, 160));
            assertThat(counts.spent(Price.perMillionTokens(1, 10))).isEqualTo(Money.ofDollars(0.0024));
            assertThat(counts.sparedTokens().total())
                    .isPositive()
                    .isLessThan(counts.studentTokens().total());
            assertThat(counts.saved(Price.perMillionTokens(1, 10)).exceeds(Money.ZERO))
                    .isTrue();
        }
    }

    @Test
    void build_calibrationOfThisStudent_answersByIt() throws Exception {
        Path file = calibrated(OverfittedStudent.folder());

        try (var server = ScriptedServer.replying(200)) {
            var cascade = CascadeChatModel.builder()
                    .student(OverfittedStudent.folder())
                    .teacher(teacher(server))
                    .calibration(file)
                    .build();
            assertThat(cascade.threshold()).isBetween(0.5, 0.8);
            assertThat(metadata(cascade, request(KNOWN)).answeredBy()).isEqualTo(Answerer.STUDENT);

            cascade.close();

            assertThatThrownBy(() -> cascade.chat(request(KNOWN))).hasMessageContaining("closed");
        }
    }

    @Test
    void build_calibrationOfAnotherStudent_isRefused() throws Exception {
        Path other = Files.createDirectory(temp.resolve("other"));
        try (var files = Files.list(OverfittedStudent.folder())) {
            for (Path file : files.toList()) {
                Files.copy(file, other.resolve(file.getFileName()));
            }
        }
        Path file = calibrated(other);
        byte[] weights = Files.readAllBytes(other.resolve("model.safetensors"));
        weights[weights.length - 1] ^= 1;
        Files.write(other.resolve("model.safetensors"), weights);

        assertThat(StudentFingerprint.of(OverfittedStudent.folder())).startsWith("sha256:");
        assertThatThrownBy(() -> CascadeChatModel.builder()
                        .student(other)
                        .teacher(student)
                        .calibration(file)
                        .build())
                .isInstanceOf(CascadeException.class)
                .hasMessageContaining("another student's");
        assertThatThrownBy(() -> CascadeChatModel.builder()
                        .student(other)
                        .teacher(student)
                        .build())
                .isInstanceOf(CascadeException.class)
                .hasMessageContaining("cascade.json");
    }

    @Test
    void build_calibrationWithoutThreshold_isRefusedWithItsWords() throws Exception {
        var none = CascadeCalibration.of(
                IntStream.range(0, 20).mapToObj(i -> graded(0.5, 10)).toList(), WantedQuality.ofTeacher(0.95), 1);
        Path file = temp.resolve("none.json");
        CascadeDocument.of(none, OverfittedStudent.folder(), 60, WeightType.FLOAT32)
                .writeTo(file);

        assertThatThrownBy(() -> CascadeChatModel.builder()
                        .student(OverfittedStudent.folder())
                        .teacher(student)
                        .calibration(file)
                        .build())
                .isInstanceOf(CascadeException.class)
                .hasMessageContaining("too few verdicts");
    }

    @Test
    void build_weightsHeldOtherwiseThanCalibrated_isRefusedWithWhatToDo() throws Exception {
        Path file = calibrated(OverfittedStudent.folder());

        assertThatThrownBy(() -> CascadeChatModel.builder()
                        .student(OverfittedStudent.folder())
                        .teacher(student)
                        .calibration(file)
                        .loading(LoadConfig.defaults().withWeights(WeightType.INT8))
                        .build())
                .isInstanceOf(CascadeException.class)
                .hasMessageContaining("held as FLOAT32, and is to be loaded with INT8")
                .hasMessageContaining("load it with WeightType.FLOAT32, or calibrate it with INT8");
    }

    @Test
    void build_missingStudent_isRefusedByName() {
        assertThatThrownBy(() -> CascadeChatModel.builder()
                        .student(temp.resolve("nobody"))
                        .teacher(student)
                        .build())
                .isInstanceOf(CascadeException.class)
                .hasMessageContaining("nobody: there is no student");
    }

    @Test
    void build_settingsThatClash_areAllNamed() {
        assertThatThrownBy(() -> CascadeChatModel.builder()
                        .threshold(0.5)
                        .calibration(temp)
                        .build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("one student is needed")
                .hasMessageContaining("a teacher is needed")
                .hasMessageContaining("exclude each other");
        assertThatThrownBy(() -> CascadeChatModel.builder().threshold(Double.NaN))
                .hasMessageContaining("NaN");
    }

    private Path calibrated(Path folder) throws Exception {
        var answers = IntStream.range(0, 400)
                .mapToObj(i -> graded(i / 400.0, i < 240 ? 1 : 10))
                .toList();
        Path file = temp.resolve("calibration.json");
        var calibration = CascadeCalibration.of(answers, WantedQuality.ofTeacher(0.9), 1);
        CascadeDocument.of(calibration, folder, 60, WeightType.FLOAT32).writeTo(file);
        return file;
    }

    private static GradedAnswer graded(double confidence, double score) {
        return new GradedAnswer(confidence, score, 10, TokenUsage.NONE);
    }

    private static ChatRequest withTool() {
        return ChatRequest.builder()
                .messages(UserMessage.from(KNOWN))
                .toolSpecifications(ToolSpecification.builder().name("weather").build())
                .build();
    }

    private static CascadeChatResponseMetadata metadata(ChatModel cascade, ChatRequest request) {
        return (CascadeChatResponseMetadata) cascade.chat(request).metadata();
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder().messages(UserMessage.from(text)).build();
    }

    private static CascadeChatModel cascade(ScriptedServer server, double threshold) throws Exception {
        return CascadeChatModel.builder()
                .student(student)
                .teacher(teacher(server))
                .threshold(threshold)
                .build();
    }

    private static ChatModel teacher(ScriptedServer server, ChatModelListener... listeners) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("test")
                .modelName("big")
                .timeout(Duration.ofSeconds(1))
                .maxRetries(0)
                .listeners(List.of(listeners))
                .build();
    }

    private static ChatModelListener listener(String name, List<String> heard) {
        return new ChatModelListener() {
            @Override
            public void onResponse(ChatModelResponseContext context) {
                heard.add(name);
            }
        };
    }
}
