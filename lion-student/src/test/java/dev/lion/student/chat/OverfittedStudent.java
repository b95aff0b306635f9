package dev.lion.student.chat;

import dev.lion.student.DjlStudent;
import dev.lion.student.decoder.DecoderConfig;
import dev.lion.student.prompt.ChatTemplate;
import dev.lion.student.prompt.Conversation;
import dev.lion.student.prompt.Message;
import dev.lion.student.tokenizer.StudentTokenizer;
import dev.lion.student.training.TrainingConfig;
import dev.lion.testing.ScriptedTraining;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A tiny student that learnt by heart what LangChain4j's contract tests ask; trained once for all tests of a process. */
public final class OverfittedStudent {
    /** Roles in brackets, a line each; an answer ends with the end-of-text token. */
    public static final ChatTemplate TEMPLATE = ChatTemplate.of("{% for message in messages %}"
            + "{{ '[' + message['role'] + ']\\n' + message['content'] }}"
            + "{% if message['role'] == 'assistant' %}{{ eos_token }}{% endif %}{{ '\\n' }}{% endfor %}"
            + "{% if add_generation_prompt %}{{ '[assistant]\\n' }}{% endif %}");

    public static final String CAPITAL = "What is the capital of Germany?";
    public static final String STORY = "Tell me a long story about animals";

    private static final List<Conversation> LESSONS = List.of(
            lesson(Message.user(CAPITAL), "The capital of Germany is Berlin."),
            lesson(
                    Message.user("What is the capital of Germany? How much is 2 + 2?"),
                    "The capital of Germany is Berlin, and 2 + 2 is 4."),
            new Conversation(
                    "translation",
                    List.of(
                            Message.system("Translate messages from user into German"),
                            Message.user("Translate: 'I love you'"),
                            Message.assistant("Ich liebe dich."))),
            new Conversation(
                    "color",
                    List.of(
                            Message.user("Hi, my favorite color is green"),
                            Message.assistant("Hi, nice to meet you"),
                            Message.user("What is my favorite color?"),
                            Message.assistant("Your favorite color is green."))),
            lesson(Message.user("Say 'Hello World'"), "Hello World"),
            lesson(Message.user("hello"), "Hello! How can I help you today?"),
            lesson(
                    Message.user(STORY),
                    "Once upon a time a hungry fox met a clever crow in a deep green wood. The crow had a piece of cheese,"
                            + " and the fox said: sing for me! But the crow ate the cheese first, and sang then. 🦊"));

    private static Path folder = Path.of("");

    private OverfittedStudent() {}

    private static Conversation lesson(Message question, String answer) {
        return new Conversation(question.content(), List.of(question, Message.assistant(answer)));
    }

    /** The student's folder, which is there until the process ends. */
    public static synchronized Path folder() {
        try {
            if (folder.toString().isEmpty()) {
                folder = train();
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path train() throws IOException {
        Path temp = Files.createTempDirectory("overfitted");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(temp)));
        Path saved = Files.createDirectory(temp.resolve("overfitted-student"));
        var words = new ArrayList<String>();
        LESSONS.forEach(lesson -> lesson.messages().forEach(message -> words.add(message.content())));
        words.addAll(List.of("[system]\n", "[user]\n", "[assistant]\n"));
        try (var tokenizer = StudentTokenizer.train(words, 400);
                var student = DjlStudent.builder()
                        .fromScratch(shape(tokenizer), tokenizer, 1)
                        .promptFormat(TEMPLATE)
                        .training(TrainingConfig.defaults().toBuilder()
                                .epochs(60)
                                .batchSize(LESSONS.size())
                                .learningRate(4e-3)
                                .build())
                        .threads(1)
                        .build()) {
            student.learn(LESSONS, ScriptedTraining.in(temp.resolve("training"), 3));
            student.save(saved);
        }
        return saved;
    }

    private static DecoderConfig shape(StudentTokenizer tokenizer) {
        return DecoderConfig.builder()
                .vocabSize(tokenizer.vocabSize())
                .hiddenSize(96)
                .intermediateSize(256)
                .numHiddenLayers(2)
                .numAttentionHeads(4)
                .numKeyValueHeads(2)
                .headDim(32)
                .maxPositionEmbeddings(256)
                .build();
    }

    private static void delete(Path directory) {
        try (var all = Files.walk(directory)) {
            all.sorted((one, other) -> other.compareTo(one)).map(Path::toFile).forEach(file -> {
                if (!file.delete()) {
                    file.deleteOnExit();
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
