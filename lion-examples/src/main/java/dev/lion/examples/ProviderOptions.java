package dev.lion.examples;

import dev.langchain4j.model.chat.BatchChatModel;
import dev.langchain4j.model.chat.ChatModel;
import dev.lion.data.PaidRole;
import dev.lion.teacher.ChatModelGenerator;
import dev.lion.teacher.ChatModelReferee;
import dev.lion.teacher.ChatModelTeacher;
import dev.lion.teacher.Sampling;
import dev.lion.teacher.chat.ProviderLimits;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Which chat models are asked, of which provider, and where. No message and no setting holds a key. */
final class ProviderOptions {
    private final Function<String, Optional<String>> environment;
    private final ProviderLimits limits = new ProviderLimits();

    @Option(
            names = "--provider",
            defaultValue = "openai",
            paramLabel = "NAME",
            description =
                    "openai (also any server that offers chat completions, such as vLLM or llama.cpp), anthropic or"
                            + " ollama (default: ${DEFAULT-VALUE})")
    private Provider provider = Provider.OPENAI;

    @Option(
            names = "--teacher-url",
            paramLabel = "URL",
            description =
                    "base URL, as in https://host/v1 (default: the provider's own, for ollama http://localhost:11434)")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--replica-url",
            paramLabel = "URL",
            description = "another server with the same model, which takes its share of the calls; may be repeated")
    private List<String> replicas = new ArrayList<>();

    @Option(names = "--teacher-model", required = true, paramLabel = "NAME", description = "the model's name there")
    private String teacherModel = "";

    @Option(
            names = "--referee-model",
            paramLabel = "NAME",
            description = "another model of the provider that judges (default: the teacher's)")
    private Optional<String> refereeModel = Optional.empty();

    @Option(
            names = "--generator-model",
            paramLabel = "NAME",
            description = "another model of the provider that invents instructions (default: the teacher's)")
    private Optional<String> generatorModel = Optional.empty();

    @Option(
            names = "--key-env",
            paramLabel = "VARIABLE",
            description = "environment variable that holds the key (default: OPENAI_API_KEY, for anthropic"
                    + " ANTHROPIC_API_KEY, for ollama none); with a --teacher-url, openai needs none")
    private Optional<String> keyVariable = Optional.empty();

    @Option(
            names = "--reasoning-limit",
            paramLabel = "TOKENS",
            description =
                    "for models that reason by themselves: no temperature and no limit on a reply is sent; TOKENS is"
                            + " the most that a reply may take, reasoning included")
    private Optional<Integer> reasoningLimit = Optional.empty();

    ProviderOptions() {
        this(name -> Optional.ofNullable(System.getenv(name)));
    }

    ProviderOptions(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    /** Adds what is wrong. */
    OptionFaults check(OptionFaults faults) {
        return faults.require(
                        isFullUrl(url()),
                        "--teacher-url must be a full URL such as http://localhost:8000/v1 or https://host/v1")
                .require(
                        replicas.stream().allMatch(ProviderOptions::isFullUrl),
                        "--replica-url must be a full URL such as http://localhost:8001/v1")
                .require(
                        replicas.isEmpty() || url.isPresent(),
                        "--replica-url names further servers beside that of --teacher-url, which is missing")
                .require(!teacherModel.isBlank(), "--teacher-model must be the name of a model")
                .require(!refereeModel.orElse("-").isBlank(), "--referee-model must be the name of a model")
                .require(!generatorModel.orElse("-").isBlank(), "--generator-model must be the name of a model")
                .atLeast(1, "--reasoning-limit", reasoningLimit.orElse(1))
                .require(
                        provider != Provider.OLLAMA || keyVariable.isEmpty() || key().isPresent(),
                        "--key-env names " + keyVariable.orElse("")
                                + ", which is not set; ollama needs no key, so leave" + " the option out")
                .require(
                        !needsKey() || key().isPresent(),
                        "no key for " + provider + ": set the environment variable " + keyName()
                                + ", or name another with --key-env" + otherServer())
                .require(
                        key().map(ProviderOptions::isSendable).orElse(true),
                        "the key in " + keyName()
                                + " holds blanks or characters that no header may have; it may have been"
                                + " copied with its quotation marks or in two lines");
    }

    private boolean needsKey() {
        return provider == Provider.ANTHROPIC || (provider == Provider.OPENAI && url.isEmpty());
    }

    private String otherServer() {
        return provider == Provider.OPENAI ? "; a server of your own is named by --teacher-url" : "";
    }

    private String keyName() {
        return keyVariable.or(provider::usualKeyVariable).orElse("");
    }

    private Optional<String> key() {
        return keyVariable
                .or(provider::usualKeyVariable)
                .flatMap(environment)
                .map(String::strip)
                .filter(key -> !key.isEmpty());
    }

    // the client would name an unsendable key in its complaint
    private static boolean isSendable(String key) {
        return key.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }

    /** A URL may hold a key, so that no message repeats what was given. */
    private static boolean isFullUrl(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null
                    && ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private String url() {
        return url.orElseGet(provider::usualUrl);
    }

    /** The provider's client, whose requests go to the teacher's model unless they name another. */
    ChatModel model() {
        return provider.model(access(url()));
    }

    /** A client for each server by its address, that of {@link #model()} first. */
    Map<String, ChatModel> models() {
        Map<String, ChatModel> models = new LinkedHashMap<>();
        models.put(withoutUser(URI.create(url())), model());
        replicas.forEach(replica -> models.put(withoutUser(URI.create(replica)), provider.model(access(replica))));
        return models;
    }

    /** The client of the provider's batches; empty when it has none. */
    Optional<BatchChatModel> batches() {
        return provider.batches(access(url()));
    }

    private Provider.Access access(String server) {
        OptionalInt ownLimit = reasoningLimit.map(OptionalInt::of).orElseGet(OptionalInt::empty);
        return new Provider.Access(server, teacherModel, key(), ownLimit, limits);
    }

    /** What the provider says of its limits in its replies to {@link #model()}. */
    ProviderLimits limits() {
        return limits;
    }

    /** Who is asked, as the user names it. */
    String provider() {
        return provider.toString();
    }

    /** Whether the provider has batches that lion can use. */
    boolean hasBatches() {
        return provider == Provider.ANTHROPIC;
    }

    /** The address that is asked, without what may be a key. */
    String address() {
        return withoutUser(URI.create(url()));
    }

    /** A teacher's builder over {@link #model()} or a decorator of it. */
    ChatModelTeacher.Builder teacher(ChatModel model) {
        ChatModelTeacher.Builder teacher = ChatModelTeacher.builder(model);
        reasoningLimit.ifPresent(
                limit -> teacher.sampling(Sampling.modelDefault()).modelDefaultOutputLimit(limit));
        return teacher;
    }

    /** A referee's builder over {@link #model()} or a decorator of it. */
    ChatModelReferee.Builder referee(ChatModel model) {
        ChatModelReferee.Builder referee = ChatModelReferee.builder(model);
        refereeModel.ifPresent(referee::modelName);
        reasoningLimit.ifPresent(
                limit -> referee.sampling(Sampling.modelDefault()).modelDefaultOutputLimit(limit));
        return referee;
    }

    /** A generator's builder over {@link #model()} or a decorator of it. */
    ChatModelGenerator.Builder generator(ChatModel model) {
        ChatModelGenerator.Builder generator = ChatModelGenerator.builder(model);
        generatorModel.ifPresent(generator::modelName);
        if (provider == Provider.ANTHROPIC) {
            generator.sampling(Sampling.of(1.0)); // beside a temperature, newer models refuse a top-p, even that of 1
        }
        reasoningLimit.ifPresent(
                limit -> generator.sampling(Sampling.modelDefault()).modelDefaultOutputLimit(limit));
        return generator;
    }

    /** The name of the model that plays a role: what prices go by. */
    String modelName(PaidRole role) {
        return switch (role) {
            case TEACHER -> teacherModel;
            case REFEREE -> refereeModel.orElse(teacherModel);
            case GENERATOR -> generatorModel.orElse(teacherModel);
        };
    }

    /** What decides the result, for the run manifest: never the key, nor what a URL may hold of one. */
    Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        settings.put("teacher.url", address());
        settings.put("teacher.model", teacherModel);
        if (provider != Provider.OPENAI) {
            settings.put("teacher.provider", provider.toString());
        }
        refereeModel.ifPresent(name -> settings.put("referee.model", name));
        generatorModel.ifPresent(name -> settings.put("generator.model", name));
        reasoningLimit.ifPresent(limit -> settings.put("reasoningLimit", limit.toString()));
        return settings;
    }

    private static String withoutUser(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + url.getRawPath();
    }
}
