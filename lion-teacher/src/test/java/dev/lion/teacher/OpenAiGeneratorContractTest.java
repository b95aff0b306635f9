package dev.lion.teacher;

class OpenAiGeneratorContractTest extends ChatModelGeneratorContract {
    @Override
    protected ModelProtocol protocol() {
        return new ChatCompletionsProtocol();
    }
}
