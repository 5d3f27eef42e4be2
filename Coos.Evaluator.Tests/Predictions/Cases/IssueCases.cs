using System.Text;
using static Coos.Evaluator.Tests.Predictions.Cases.CaseFiles;

namespace Coos.Evaluator.Tests.Predictions.Cases;

/// <summary>A file of a kind that a public issue reports, and the right answer to it.</summary>
/// <param name="Source">The issue on github.com.</param>
/// <param name="Part">The form part that the file is sent as.</param>
/// <param name="Content">Makes the file.</param>
/// <param name="Expected">What the answer must have, as in <see cref="CaseAnswer.AssertIs"/>.</param>
internal sealed record IssueCase(string Source, string Part, Func<byte[]> Content, string[] Expected);

/// <summary>
/// Kinds of files that people had trouble with elsewhere. Each was searched out in a public issue and made anew for the
/// benchmark of <see cref="CaseFiles"/>; nothing is copied.
/// </summary>
internal static class IssueCases
{
    /// <summary>The cases, by what is special: ids, labels, probabilities, headers, text, formats, zips.</summary>
    public static readonly IssueCase[] All =
    [
        new(
            "pandas-dev/pandas/issues/28335",
            "test1",
            () => Ids(i => $"{i}.0"),
            ["6", "unknown-image", "image \"1.0\" is not in test", "but \"00001\" is", "read as floats"]
        ),
        new(
            "tensorflow/tfx/issues/819",
            "test2",
            () => Ids(i => $"{100000 + i - 1}.0", count: 4),
            ["unknown-image", "image \"100000.0\" is not in test", "but \"100000\" is", "read as floats"]
        ),
        new(
            "SEED-platform/seed/issues/2562",
            "test1",
            () => Ids(i => $"{i}"),
            ["6", "unknown-image", "image \"1\" is not in test", "but \"00001\" is", "leading zeros were lost"]
        ),
        new("teableio/teable/issues/1880", "test1", () => Ids(i => $"{i}", ";"), ["6", "unknown-image", "leading zeros were lost"]),
        new(
            "fedspendingtransparency/USASpending-Issue-Tracker/issues/21",
            "test1",
            () => Ids(i => $"00000{i}"),
            ["6", "unknown-image", "image \"000001\" is not in test", "but \"00001\" is", "too many leading zeros"]
        ),
        new(
            "hhurz/tableExport.jquery.plugin/issues/103",
            "test1",
            () => Ids(i => $"\u001F0000{i}"),
            ["6", "unknown-image", "but \"00001\"", "invisible characters"]
        ),
        new(
            "react-csv/react-csv/issues/181",
            "test1",
            () => Ids(i => $"0000{i}\u200B"),
            ["6", "unknown-image", "but \"00001\"", "invisible characters"]
        ),
        new("kaue/jsonexport/issues/20", "test1", () => Ids(i => $"'0000{i}'"), ["6", "unknown-image", "but \"00001\"", "marks of text"]),
        new(
            "javiertelioz/angular2-csv/issues/36",
            "test1",
            () => Ids(i => $"'0000{i}"),
            ["6", "unknown-image", "but \"00001\"", "marks of text"]
        ),
        new(
            "mafintosh/csv-parser/issues/51",
            "test1",
            () => Ids(i => $"=\"0000{i}\""),
            ["6", "unknown-image", "but \"00001\"", "marks of text"]
        ),
        new("OpenTreeMap/otm-core/issues/2562", "test1", () => Ids(i => $"\"0000{i}\""), ["ok"]),
        new(
            "DFE-Digital/register-trainee-teachers/pull/3229",
            "test4",
            () => Rows("'12345678901234567,0", "100025440003960000,1", "219E01BE,2"),
            ["1", "unknown-image", "but \"12345678901234567\"", "marks of text"]
        ),
        new(
            "ExcelDataReader/ExcelDataReader/issues/39",
            "test4",
            () => Rows("12345678901234567,0", "1.00E+17,1", "219E01BE,2"),
            ["2", "unknown-image", "scientific notation loses digits"]
        ),
        new(
            "orneryd/ui-grid/issues/5407",
            "test4",
            () => Rows("9.11111E+24,0", "5.55556E+19,1", "8.88889E+24,2"),
            ["unknown-image", "scientific notation loses digits"]
        ),
        new(
            "react-csv/react-csv/issues/136",
            "test4",
            () => Text("image_id;label\n4,687E+11;0\n100025440003960000;1\n219E01BE;2\n"),
            ["2", "unknown-image", "scientific notation loses digits"]
        ),
        new(
            "microsoftgraph/powershell-intune-samples/issues/140",
            "test4",
            () => Rows("1.23457E+16,0", "1.00025E+17,1", "219E01BE,2"),
            ["4", "unknown-image", "scientific notation loses digits"]
        ),
        new(
            "bloom-housing/bloom/issues/4458",
            "test4",
            () => Rows("12345678901234567,0", "100025440003960000,1", "2.19E+26,2"),
            ["2", "unknown-image", "scientific notation loses digits"]
        ),
        new(
            "huanz/tableExport/issues/4",
            "test4",
            () => Rows("1.2345678901234567E16,0", "1.0002544000396E+17,1", "219E01BE,2"),
            ["2", "unknown-image", "but \"12345678901234567\"", "scientific notation"]
        ),
        new("ozendelait/rvc_devkit/issues/55", "test4", () => Ids(i => $"{i}", count: 3), ["wrong-split", "send it as test3"]),
        new("n-hossain/semeval-2020-task-7-humicroedit/issues/4", "test2", () => Ids(i => $"0000{i}"), ["wrong-split", "send it as test1"]),
        new(
            "VisionLearningGroup/visda-2018-public/issues/13",
            "test1",
            () => Ids(i => $"0000{i}", count: 5),
            ["1", "missing-image", "\"00006\""]
        ),
        new(
            "zc-alexfan/arctic/issues/65",
            "test1",
            () => Ids(i => $"./data/cropped_images/0000{i}"),
            ["6", "unknown-image", "without the folder it exists"]
        ),
        new(
            "camenduru/PanoHead-colab/issues/4",
            "test1",
            () => Ids(i => $@"images\0000{i}"),
            ["6", "unknown-image", "without the folder it exists"]
        ),
        new(
            "ImageMarkup/isic-challenge-scoring/pull/62",
            "test1",
            () => Ids(i => $"0000{i}.jpg"),
            ["6", "unknown-image", "without .jpg it exists"]
        ),
        new("clovaai/wsolevaluation/issues/32", "test1", () => Ids(i => $"0000{i}.npy"), ["6", "unknown-image", "without .npy it exists"]),
        new(
            "esaraee/Savoias-Dataset/issues/1",
            "test2",
            () => Rows("cell 7.png,2", "100000,0", "100001,1", "100002,2", "100003,0", "\"well B,3\",1"),
            ["1", "unknown-image", "in place of .png"]
        ),
        new(
            "milesial/Pytorch-UNet/issues/102",
            "test2",
            () => Rows("cell 7,2", "100000,0", "100001,1", "100002,2", "100003,0", "\"well B,3\",1"),
            ["1", "unknown-image", "with .tif it exists"]
        ),
        new("Cartucho/mAP/issues/146", "test1", () => Ids(i => $"0{i}"), ["6", "unknown-image", "leading zeros were lost"]),
        new("qiita-spots/qiita/pull/643", "test1", () => Ids(i => $"0000{i}.0"), ["6", "unknown-image", "read as floats"]),
        new("python/cpython/issues/84939", "test1", () => Ids(i => $"b'0000{i}'"), ["6", "unknown-image", "marks of text"]),
        new("calpaterson/csvbase/issues/11", "test1", () => LabelsOf(i => $"{i % 3}.0"), ["ok", "float-labels"]),
        new(
            "pandas-dev/pandas/issues/34120",
            "test1",
            () => LabelsOf(i => i == 3 ? "nan" : $"{i % 3}.0"),
            ["1", "unknown-class", "\"nan\"", "missing value"]
        ),
        new("pandas-dev/pandas/issues/9712", "test1", () => LabelsOf(i => $"b'{Names[i % 3]}'"), ["6", "unknown-class", "write"]),
        new(
            "spro/practical-pytorch/pull/138",
            "test1",
            () => LabelsOf(i => $"\"tensor({i % 3}, device='cuda:0')\""),
            ["6", "unknown-class", "write 1"]
        ),
        new("BVLC/caffe/issues/6318", "test1", () => LabelsOf(i => $"{1 + (i % 3)}"), ["1", "counted from 1"]),
        new("tensorflow/models/issues/15", "test1", () => LabelsOf(i => $"{1 + (i % 3)}.0"), ["1", "counted from 1"]),
        new("irllabs/ml-lib/issues/4", "test1", () => LabelsOf(i => i == 1 ? "3" : "1"), ["1", "counted from 1", "1 line has 3"]),
        new(
            "EricFillion/happy-transformer/issues/248",
            "test1",
            () => LabelsOf(i => $"{(i % 3) - 1}"),
            ["2", "unknown-class", "\"-1\"", "a label is 0 to 2"]
        ),
        new(
            "TencentGameMate/gnn_cross_lingual/issues/5",
            "test1",
            () => LabelsOf(i => $"{i % 4}"),
            ["1", "unknown-class", "\"3\" is not a class"]
        ),
        new("MASILab/3DUX-Net/issues/48", "test1", () => LabelsOf(i => i == 1 ? "550" : "1"), ["1", "unknown-class", "\"550\""]),
        new(
            "open-mmlab/mmsegmentation/issues/3609",
            "test1",
            () => LabelsOf(i => i == 1 ? "7" : "0"),
            ["1", "unknown-class", "\"7\" is not a class"]
        ),
        new("gorjanradevski/revisiting-spatial-temporal-layouts/issues/3", "test1", () => LabelsOf(i => $"{i % 3}"), ["ok"]),
        new(
            "Abhinav1004/Distracted-Driver-Detection/issues/4",
            "test1",
            () => LabelsOf(i => $"class_{i % 3}"),
            ["6", "unknown-class", "write 1"]
        ),
        new(
            "alexhallam/tv/issues/32",
            "test1",
            () => LabelsOf(i => i % 2 == 0 ? "0" : "0.0"),
            ["3", "unknown-class", "write all labels as whole numbers"]
        ),
        new(
            "ThilinaRajapakse/simpletransformers/issues/694",
            "test1",
            () => ScoresOf("p", "3.2,-1.7,0.4"),
            ["bad-probability", "z0 to z2", "softmax"]
        ),
        new("qijiezhao/pseudo-3d-pytorch/issues/4", "test1", () => ScoresOf("z", "0.2547,2.8574,-1.4141"), ["ok", "one-class"]),
        new("meijieru/crnn.pytorch/issues/40", "test1", () => ScoresOf("z", "-106.3455,-115.3943,-114.5584"), ["ok", "one-class"]),
        new("google-research/bert/issues/765", "test1", () => ScoresOf("p", "-0.01,-5.3,-5.3"), ["18", "log-probabilities", "exp()"]),
        new("google-research/bert/issues/474", "test1", () => ScoresOf("p", "-0.6931472,-0.6931472,-20"), ["18", "log-probabilities"]),
        new(
            "soumith/imagenet-multiGPU.torch/issues/106",
            "test1",
            () => ScoresOf("z", "-5.2452e-06,-1.2193e+01,-13.5"),
            ["ok", "one-class"]
        ),
        new("JeongsooP/Community-Forensics/issues/4", "test1", () => ScoresOf("p", "-2,-3,1"), ["12", "z0 to z2"]),
        new("liugangcode/torch-molecule/issues/21", "test1", () => ScoresOf("p", "1.02,-0.03,0.01"), ["bad-probability", "z0 to z2"]),
        new(
            "tcapelle/action_recognition/issues/11",
            "test1",
            () => ScoresOf("logit_", "-0.4135,-0.3328,0.1240"),
            ["3", "unknown-column", "rename it to z0", "logits are z0 to z2 in class order"]
        ),
        new("tenstorrent/tt-metal/issues/52045", "test1", () => ScoresOf("p", "0.333,0.333,0.333146"), ["ok", "one-class"]),
        new("tenstorrent/tt-metal/issues/52131", "test1", () => ScoresOf("p", "0,0,0"), ["6", "probability-sum", "sum to 0"]),
        new(
            "huggingface/candle/issues/3727",
            "test1",
            () => ScoresOf("p", "0.66667,0.66667,0.66667"),
            ["6", "probability-sum", "sum to 2"]
        ),
        new("pytorch/executorch/pull/20090", "test1", () => ScoresOf("p", "0.333984375,0.333984375,0.333984375"), ["ok", "one-class"]),
        new(
            "FluxML/NNlib.jl/issues/70",
            "test1",
            () => ScoresOf("p", "0.3333333333333334,0.3333333333333334,0.3333333333333334"),
            ["ok", "one-class"]
        ),
        new(
            "uxlfoundation/scikit-learn-intelex/issues/3401",
            "test1",
            () => ScoresOf("p", "0.335001,0.335,0.335"),
            ["6", "probability-sum", "1.005"]
        ),
        new("aimclub/FEDOT/issues/588", "test1", () => ScoresOf("p", "0.9,0.8,0.7"), ["6", "probability-sum", "sum to 2.4"]),
        new("numerai/submission-criteria/issues/21", "test1", () => ScoresOf("p", "0.333,0.333,0.333"), ["ok", "one-class"]),
        new("tensorflow/models/pull/7205", "test1", () => ScoresOf("p", "0.33325195,0.33325195,0.33325195"), ["ok", "one-class"]),
        new("scikit-learn/scikit-learn/issues/3864", "test1", () => ScoresOf("p", "1e-10,0,1"), ["ok", "one-class"]),
        new(
            "scikit-learn/scikit-learn/issues/20525",
            "test1",
            () => ScoresOf("p", "4.692520670913417e-12,6.685892489416251e-10,0.9999999993"),
            ["ok", "one-class"]
        ),
        new(
            "cjlin1/libsvm/issues/51",
            "test1",
            () => LabelledScores("1.0,0.0,0.0", "0.0,0.0,1.0", "0.0,1.0,0.0", shift: 1),
            ["ok", "labels-contradict-probabilities"]
        ),
        new(
            "dmlc/xgboost/issues/10646",
            "test1",
            () => LabelledScores("0.1,0.2,0.7", "0.1,0.8,0.1", "0.7,0.2,0.1", shift: 2),
            ["ok", "labels-contradict-probabilities"]
        ),
        new(
            "openml/automlbenchmark/issues/212",
            "test1",
            () => Text("image_id,p2,p0,p1\n00001,0,1,0\n00002,0,0,1\n00003,1,0,0\n00004,0,1,0\n00005,0,0,1\n00006,1,0,0\n"),
            ["ok"]
        ),
        new(
            "mljar/mljar-supervised/issues/245",
            "test1",
            () => ScoresOf("prediction_", "0.2,0.3,0.5"),
            ["3", "unknown-column", "rename it to p0"]
        ),
        new(
            "huggingface/pytorch-image-models/issues/222",
            "test1",
            () => Text("image_id,cytosol,er,golgi\n00001,0,1,0\n00002,0,0,1\n00003,1,0,0\n00004,0,1,0\n00005,0,0,1\n00006,1,0,0\n"),
            ["3", "unknown-column", "\"cytosol\"; rename it to p2", "in class order"]
        ),
        new(
            "cugbrs/MLRSNet/issues/4",
            "test1",
            () =>
                Text(
                    "image_id,prob_Golgi,prob_ER,prob_Cytosol\n"
                        + "00001,0,1,0\n00002,0,0,1\n00003,1,0,0\n00004,0,1,0\n00005,0,0,1\n00006,1,0,0\n"
                ),
            ["3", "unknown-column", "rename it to p1"]
        ),
        new(
            "google-research/bert/issues/609",
            "test1",
            () => Text("0.2\t0.3\t0.5\n0.1\t0.8\t0.1\n"),
            ["1", "missing-header", "add a header"]
        ),
        new(
            "nyetwurk/ecuxplot/issues/14",
            "test1",
            () => Text("image_id;p0;p1;p2\n00001;0,5;0,25;0,25\n"),
            ["bad-probability", "decimal point"]
        ),
        new(
            "dannymcc/may/issues/244",
            "test1",
            () => Text("image_id,p0,p1,p2\n00001,\"0,5\",\"0,25\",\"0,25\"\n"),
            ["bad-probability", "decimal point"]
        ),
        new(
            "google/transitfeed/issues/148",
            "test1",
            () => Text("image_id,p0,p1,p2\n00001,0,5,0,25,0,25\n"),
            ["wrong-field-count", "decimal commas"]
        ),
        new(
            "Kotlin/dataframe/issues/607",
            "test1",
            () => Text("image_id;z0;z1;z2\n00001;\u22120,08;0,1;68,83\n"),
            ["bad-probability", "is not a logit", "minus sign"]
        ),
        new(
            "AlfrescoBenchmark/alfresco-benchmark/issues/123",
            "test1",
            () => Text("image_id,p0,p1,p2\n00001,98%,1%,1%\n"),
            ["bad-probability", "percent sign"]
        ),
        new(
            "bnpy/bnpy/issues/8",
            "test1",
            () => Text(",image_id,label\n0,00001,0\n1,00002,1\n2,00003,2\n3,00004,0\n4,00005,1\n5,00006,2\n"),
            ["1", "unknown-column", "remove it"]
        ),
        new(
            "cpadavis/billy/issues/18",
            "test1",
            () => Text("Unnamed: 0,image_id,label\n0,00001,0\n1,00002,1\n2,00003,2\n3,00004,0\n4,00005,1\n5,00006,2\n"),
            ["1", "unknown-column", "\"Unnamed: 0\"; remove it"]
        ),
        new(
            "huggingface/datasets/pull/5490",
            "test1",
            () => Text("image_id,label,__index_level_0__\n00001,0,0\n00002,1,1\n00003,2,2\n00004,0,3\n00005,1,4\n00006,2,5\n"),
            ["1", "unknown-column", "remove it"]
        ),
        new(
            "minerva-ml/open-solution-data-science-bowl-2018/pull/48",
            "test1",
            () => Text("label,image_id\n0,00001\n1,00002\n2,00003\n0,00004\n1,00005\n2,00006\n"),
            ["ok"]
        ),
        new("astropy/astropy/issues/8674", "test1", () => Text("# image_id,label\n" + Body), ["ok"]),
        new("knadh/xmlutils.py/issues/13", "test1", () => Text("#image_id,label\n" + Body), ["ok"]),
        new(
            "v923z/micropython-ulab/issues/710",
            "test1",
            () => Text("# predictions of run 7\nimage_id,label\n" + Body),
            ["1", "missing-header", "remove the lines above the header"]
        ),
        new("mechatroner/vscode_rainbow_csv/issues/108", "test1", () => Text("sep=;\n" + Head + Body, ";"), ["ok"]),
        new("shancarter/mr-data-converter/issues/52", "test1", () => Text("\"sep=;\"\r\n" + Head + Body, ";"), ["ok"]),
        new(
            "alexcaza/export-to-csv/issues/43",
            "test1",
            () => Text("sep=~\n\"image_id\"~\"label\"\n\"00001\"~\"0\"\n"),
            ["1", "separate them by comma, tab or semicolon"]
        ),
        new(
            "JulianHayward/AzADServicePrincipalInsights/issues/8",
            "test1",
            () => Text("sep=|\n" + Head + Body, "|"),
            ["1", "separate them by comma, tab or semicolon"]
        ),
        new("complexlogic/rsgain/issues/56", "test1", () => Text("sep=\t\n" + Head + Body, "\t"), ["ok"]),
        new("PowerShell/PowerShell/issues/7776", "test1", () => Text("sep=,\n" + Head + Body), ["ok"]),
        new(
            "jschicht/Mft2Csv/issues/10",
            "test1",
            () => Text("image_id|label\n" + Body.Replace(',', ';')),
            ["1", "missing-header", "separate them by comma"]
        ),
        new("MainfluxLabs/mainflux/issues/1268", "test1", () => Text("\uFEFF" + Head + Body), ["ok"]),
        new("opensupplyhub/open-apparel-registry/issues/473", "test1", () => Text("\uFEFF\"image_id\",\"label\"\r\n" + Body), ["ok"]),
        new("melihbirim/csvql/issues/103", "test1", () => Packed.GZip(Text("\uFEFF" + Head + Body)), ["ok"]),
        new("getodk/javarosa/issues/687", "predictions", () => Packed.Zip(("test1.csv", Text("\uFEFF" + Head + Body))), ["ok"]),
        new(
            "metatron-app/metatron-discovery/issues/586",
            "test1",
            () => Encoding.BigEndianUnicode.GetPreamble().Concat(Encoding.BigEndianUnicode.GetBytes(Head + Body)).ToArray(),
            ["1", "bad-encoding", "UTF-16"]
        ),
        new("dotCMS/core/issues/36508", "test1", () => Text("\uFEFF\uFEFF\uFEFF" + Head + Body), ["ok"]),
        new("mholt/PapaParse/issues/43", "test1", () => Text((Head + Body).Replace('\n', '\r'), "\t"), ["ok"]),
        new("WarrenWilkinson/read-csv/issues/7", "test1", () => Text("\uFEFF" + (Head + Body).Replace('\n', '\r')), ["ok"]),
        new("jakob/Postico/issues/550", "test1", () => Text(Head + ",\n" + Body + ",\n,\n"), ["ok"]),
        new("firefly-iii/firefly-iii/issues/691", "test1", () => Text(",\n" + Head + ",\n" + Body), ["ok"]),
        new(
            "microsoft/AzureStorageExplorer/issues/3136",
            "test1",
            () => Text(Head + Body + string.Concat(Enumerable.Repeat(",,,,\r\n", 1247))),
            ["ok"]
        ),
        new("bardsoftware/ganttproject/issues/1634", "test1", () => Text(Head + Body + " \t \n;;\n", ";"), ["ok"]),
        new("xibosignage/xibo/issues/3456", "test1", () => Text(Head + "\n" + Body + "\n\n"), ["ok"]),
        new(
            "harelba/q/issues/98",
            "test1",
            () => Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Head + Body)).ToArray(),
            ["1", "bad-encoding", "UTF-16"]
        ),
        new("jsoizo/kotlin-csv/issues/77", "test1", () => Encoding.BigEndianUnicode.GetBytes(Head + Body), ["1", "bad-encoding", "UTF-16"]),
        new(
            "Unstructured-IO/unstructured/issues/4443",
            "test1",
            () => Encoding.Unicode.GetBytes(Head + Body),
            ["1", "bad-encoding", "UTF-16"]
        ),
        new("turicas/rows/issues/273", "test1", () => Text(Head + Body.Replace("00002", "00002\0")), ["unknown-image"]),
        new(
            "git-lfs/git-lfs/issues/4278",
            "test1",
            () => Text("version https://git-lfs.github.com/spec/v1\noid sha256:df219bbc\nsize 175385569\n"),
            ["1", "bad-encoding", "Git LFS pointer", "git lfs pull"]
        ),
        new(
            "adaltas/node-csv-parse/issues/243",
            "test1",
            () => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]],
            ["1", "bad-encoding", "(.xls)"]
        ),
        new(
            "SheetJS/sheetjs/issues/250",
            "test1",
            () => Packed.Zip(("[Content_Types].xml", Text("<x/>")), ("xl/workbook.xml", Text("<x/>"))),
            ["1", "bad-encoding", "(.xlsx)"]
        ),
        new(
            "THU-KEG/MAVEN-dataset/issues/12",
            "test1",
            () => Text("{\"image_id\": \"00001\", \"label\": 0}\n"),
            ["1", "bad-encoding", "JSON"]
        ),
        new("zenodo/zenodo/issues/1705", "test1", () => Packed.GZip(Packed.GZip(Text(Head + Body))), ["1", "bad-encoding", "gzip twice"]),
        new(
            "karmaresearch/vlog/issues/5",
            "test1",
            () => Packed.GZip(Tar("test1.csv", Head + Body)),
            ["1", "bad-encoding", "a tar archive"]
        ),
        new(
            "Lux-AI-Challenge/Lux-Design-S2/issues/70",
            "predictions",
            () => Tar("test1.csv", Head + Body),
            ["1", "bad-encoding", "a tar archive"]
        ),
        new(
            "ZhenyuX1E/PoseTrack/issues/6",
            "predictions",
            () => Packed.GZip(Tar("test1.csv", Head + Body)),
            ["1", "bad-encoding", "a tar archive"]
        ),
        new(
            "joomla/joomla-cms/issues/43785",
            "test1",
            () => Packed.GZip(Packed.GZip(Tar("test1.csv", Head + Body))),
            ["1", "bad-encoding", "gzip twice"]
        ),
        new(
            "ImageMarkup/isic-challenge-scoring/issues/15",
            "predictions",
            () => Packed.Zip(("submission/test1.csv", Text(Head + Body)), ("__MACOSX/submission/._test1.csv", [0])),
            ["ok"]
        ),
        new(
            "codalab/codabench/issues/1655",
            "predictions",
            () => Packed.Zip(("test1.csv", Text(Head + Body)), (".DS_Store", [0]), ("__MACOSX/._.DS_Store", [0])),
            ["ok"]
        ),
        new(
            "codalab/codalab-competitions/issues/1636",
            "predictions",
            () => Packed.Zip(("bundle/test1.csv", Text(Head + Body)), ("bundle/.DS_Store", [0])),
            ["ok"]
        ),
        new(
            "ricky-696/AICUP_Baseline_BoT-SORT/issues/19",
            "predictions",
            () => Packed.Zip(("a/", []), ("a/b/", []), ("a/b/test1.csv", Text(Head + Body))),
            ["ok"]
        ),
        new(
            "codalab/codalab-competitions/issues/2219",
            "predictions",
            () => Packed.Zip(("submission/test1.csv", Packed.Zip(("test1.csv", Text(Head + Body))))),
            ["1", "bad-encoding", "a zip in another archive"]
        ),
        new(
            "Skybox-Technologies/csgo-ai-competition/issues/17",
            "predictions",
            () => Packed.Zip(("test1.csv.csv", Text(Head + Body))),
            ["1", "wrong-split", "\"test1.csv.csv\"", "the names are test1.csv"]
        ),
        new(
            "codalab/codalab-competitions/issues/2222",
            "predictions",
            () => Packed.Zip(("test1.csv", Text(Head + Body)), ("readme.txt", Text("x"))),
            ["1", "wrong-split", "\"readme.txt\""]
        ),
        new(
            "VisionLearningGroup/visda21-dev/issues/4",
            "predictions",
            () => Packed.Zip(("source_only_pred.txt", Text(Head + Body)), ("adapt_pred.txt", Text(Head + Body))),
            ["2", "wrong-split", "the names are test1.csv"]
        ),
        new(
            "google/mount-zip/issues/36",
            "predictions",
            () => WithMethod(Packed.Zip(("test1.csv", Text(Head + Body))), 93),
            ["1", "bad-encoding", "Zstandard", "Deflate"]
        ),
        new(
            "abbeycode/UnzipKit/issues/37",
            "predictions",
            () => WithMethod(Packed.Zip(("test1.csv", Text(Head + Body))), 98),
            ["1", "bad-encoding", "PPMd", "Deflate"]
        ),
        new(
            "target/strelka/issues/258",
            "predictions",
            () => WithMethod(Packed.Zip(("test1.csv", Text(Head + Body))), 99),
            ["1", "bad-encoding", "encrypted"]
        ),
        new(
            "gildas-lormeau/zip.js/issues/213",
            "predictions",
            () => Encrypted(Packed.Zip(("test1.csv", Text(Head + Body)))),
            ["1", "bad-encoding", "encrypted"]
        ),
        new(
            "FortuneN/cordova-plugin-zeep/issues/29",
            "test1",
            () => Encrypted(Packed.Zip(("test1.csv", Text(Head + Body)))),
            ["1", "bad-encoding", "encrypted"]
        ),
    ];
}
