package dev.lion.teacher;

class OpenAiRefereeContractTest extends ChatModelRefereeContract {
    @Override
    protected ModelProtocol protocol() {
        return new ChatCompletionsProtocol();
    }
}
