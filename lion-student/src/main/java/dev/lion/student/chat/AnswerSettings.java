package dev.lion.student.chat;

import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.UnsupportedFeatureException;
import dev.langchain4j.internal.ChatRequestValidationUtils;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.lion.student.decoding.DecodingConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parameters of requests as a student's decoding has them, and back. */
final class AnswerSettings {
    private AnswerSettings() {}

    /** What a request that says nothing gets, as parameters, so that listeners see it. */
    static StudentChatRequestParameters parameters(DecodingConfig decoding, String name) {
        return StudentChatRequestParameters.builder()
                .modelName(name)
                .temperature(decoding.temperature())
                .topP(decoding.topP())
                .topK(decoding.topK() == Integer.MAX_VALUE ? null : decoding.topK())
                .minP(decoding.minP())
                .repetitionPenalty(decoding.repetitionPenalty())
                .maxOutputTokens(decoding.maxNewTokens())
                .stopSequences(decoding.stopStrings())
                .build();
    }

    /**
     * Refuses what a student cannot do.
     *
     * @param name the only model that there is
     * @throws UnsupportedFeatureException naming it
     */
    static void requireSupported(ChatRequestParameters parameters, String name) {
        if (parameters.modelName() != null && !parameters.modelName().equals(name)) {
            throw new UnsupportedFeatureException("the 'modelName' parameter '" + parameters.modelName()
                    + "' is not supported: this student is '" + name + "' and no other model");
        }
        require("frequencyPenalty", parameters.frequencyPenalty());
        require("presencePenalty", parameters.presencePenalty());
        ChatRequestValidationUtils.validate(parameters.toolChoice());
        ChatRequestValidationUtils.validate(parameters.toolSpecifications());
        ChatRequestValidationUtils.validate(parameters.responseFormat());
    }

    /** None is the same as 0. */
    private static void require(String parameter, @Nullable Double penalty) {
        if (penalty != null && penalty != 0) {
            throw new UnsupportedFeatureException(
                    "the '" + parameter
                            + "' parameter is not supported: a student has 'repetitionPenalty' of StudentChatRequestParameters");
        }
    }

    /**
     * How a request is to be answered.
     *
     * @param base for what it does not say
     * @throws InvalidRequestException when a value is not usable
     */
    static DecodingConfig decoding(StudentChatRequestParameters parameters, DecodingConfig base) {
        try {
            return new DecodingConfig(
                    or(parameters.temperature(), base.temperature()),
                    parameters.topK() == null ? base.topK() : parameters.topK(),
                    or(parameters.topP(), base.topP()),
                    or(parameters.minP(), base.minP()),
                    or(parameters.repetitionPenalty(), base.repetitionPenalty()),
                    parameters.maxOutputTokens() == null ? base.maxNewTokens() : parameters.maxOutputTokens(),
                    stops(parameters.stopSequences(), base));
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(e.getMessage(), e);
        }
    }

    private static double or(@Nullable Double said, double base) {
        return said == null ? base : said;
    }

    private static List<String> stops(List<String> said, DecodingConfig base) {
        return said.isEmpty() ? base.stopStrings() : said;
    }
}
