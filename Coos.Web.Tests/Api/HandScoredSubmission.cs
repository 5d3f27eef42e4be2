namespace Coos.Web.Tests.Api;

/// <summary>
/// The document of a submission that was scored by hand: test1 (classes 0 0 1 1 2 2) predicted as 0 1 1 1 2 0, test2
/// (classes 0 0 0 1 1 2) predicted as 0 0 1 1 1 1. Wilson's limits of 1/2, 2/2, 2/3 and 0/1 and the limits of the balanced
/// errors were computed independently from the definitions in docs/metrics.md.
/// </summary>
internal static class HandScoredSubmission
{
    private const string Method = "per image (Wilson, Sterne mid-p); too narrow if images from the same plate are correlated";
    private const string Half = "\"sensitivity\": 0.5, \"sensitivityInterval\": [0.0945312057342307, 0.9054687942657693]";
    private const string Both = "\"sensitivity\": 1, \"sensitivityInterval\": [0.34238022750665303, 1]";
    private const string TwoOfThree =
        "\"sensitivity\": 0.66666666666666667, \"sensitivityInterval\": [0.20765960080204773, 0.9385080552796036]";
    private const string NoneOfOne = "\"sensitivity\": 0, \"sensitivityInterval\": [0, 0.7934506856227626]";

    public static string Document(string id) =>
        $$"""
            {
              "id": "{{id}}", "benchmark": "tiny", "method": "Hand-scored",
              "submitter": "{{nameof(SubmissionApiTests.Submitting_returns_the_complete_document)}}",
              "kind": "submission", "status": "scored", "createdAt": "{time}", "scoredAt": "{time}", "description": "Scored by hand.",
              "paperUrl": "https://example.org/paper?a=1&b=2", "codeUrl": "http://example.org/code",
              "externalData": true, "run": "seed 7",
              "protocol": {
                "family": "ResNet", "pretraining": "ImageNet-1k", "trainingImages": 12, "ensemble": true, "testTimeAdaptation": false,
                "tunedOn": "training", "parameters": 11000000 },
              "visibility": "public", "verification": "none", "verified": false,
              "warnings": [{ "file": "test2", "code": "unused-class", "message": "no image is predicted as Long, thin" }],
              "links": { "self": "/api/submissions/{{id}}", "page": "/submissions/{{id}}" },
              "evaluation": {
                "evaluatorVersion": "5", "labelsHash": "{hash}", "predictionsHash": "{hash}",
                "splits": [
                  {
                    "split": "test1", "images": 6, "accuracy": 0.66666666666666667,
                    "balancedError": 0.33333333333333333, "balancedErrorInterval": [0.05621697705707273, 0.7392769312856395],
                    "intervalMethod": "{{Method}}",
                    "metrics": [ { "id": "balancedError", "value": 0.33333333333333333,
                      "interval": [0.05621697705707273, 0.7392769312856395], "intervalMethod": "{{Method}}" } ],
                    "classes": [
                      { "index": 0, "name": "Round", "images": 2, {{Half}} },
                      { "index": 1, "name": "Square", "images": 2, {{Both}} },
                      { "index": 2, "name": "Long, thin", "images": 2, {{Half}} } ],
                    "confusion": [[1, 1, 0], [0, 2, 0], [1, 0, 1]],
                    "labelsHash": "{hash}", "predictionsHash": "{hash}"
                  },
                  {
                    "split": "test2", "images": 6, "accuracy": 0.66666666666666667,
                    "balancedError": 0.44444444444444444, "balancedErrorInterval": [0.02406860195538189, 0.772684484449052],
                    "intervalMethod": "{{Method}}",
                    "metrics": [ { "id": "balancedError", "value": 0.44444444444444444,
                      "interval": [0.02406860195538189, 0.772684484449052], "intervalMethod": "{{Method}}" } ],
                    "classes": [
                      { "index": 0, "name": "Round", "images": 3, {{TwoOfThree}} },
                      { "index": 1, "name": "Square", "images": 2, {{Both}} },
                      { "index": 2, "name": "Long, thin", "images": 1, {{NoneOfOne}} } ],
                    "confusion": [[2, 1, 0], [0, 2, 0], [0, 1, 0]],
                    "labelsHash": "{hash}", "predictionsHash": "{hash}"
                  } ]
              }
            }
            """;
}
