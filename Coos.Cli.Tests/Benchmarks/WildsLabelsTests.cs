using Coos.Shared.Benchmarks;
using Coos.Shared.Labels;
using Coos.Shared.Predictions;

namespace Coos.Cli.Tests.Benchmarks;

/// <summary>Tests <c>coos benchmark labels wilds</c> on made-up metadata of the shape of each dataset.</summary>
public sealed class WildsLabelsTests : IDisposable
{
    private const string Camelyon17 = """
        ,patient,node,x_coord,y_coord,tumor,slide,center,split
        0,004,4,3328,21792,1,0,0,0
        1,004,4,3200,22272,0,0,0,1
        2,022,4,3200,22272,0,12,1,0
        3,022,4,3168,22272,1,12,1,1
        4,042,3,3168,22272,1,23,2,0
        5,061,1,3168,22272,0,30,3,0
        6,081,1,3168,22272,1,41,4,1
        7,042,3,3169,22272,0,23,2,1
        """;

    private const string RxRx1 = """
        site_id,well_id,cell_type,dataset,experiment,plate,well,site,well_type,sirna,sirna_id
        HEPG2-01_1_B02_1,HEPG2-01_1_B02,HEPG2,train,HEPG2-01,1,B02,1,negative_control,EMPTY,1138
        HEPG2-01_1_B02_2,HEPG2-01_1_B02,HEPG2,train,HEPG2-01,1,B02,2,negative_control,EMPTY,1138
        HEPG2-08_1_B03_1,HEPG2-08_1_B03,HEPG2,val,HEPG2-08,1,B03,1,treatment,s21721,12
        HEPG2-08_1_B03_2,HEPG2-08_1_B03,HEPG2,val,HEPG2-08,1,B03,2,treatment,s21721,12
        U2OS-05_1_B04_1,U2OS-05_1_B04,U2OS,test,U2OS-05,1,B04,1,treatment,s20894,0
        U2OS-05_1_B04_2,U2OS-05_1_B04,U2OS,test,U2OS-05,1,B04,2,treatment,s20894,0
        """;

    private const string IWildCam = """
        ,split,location_remapped,location,sequence_remapped,seq_id,y,category_id,datetime,filename,image_id
        0,id_test,12,18,4,30048356,1,2,2013-08-26 06:05:08.000,93d7.jpg,93d7
        1,id_val,12,18,5,30048357,0,0,2013-08-26 06:06:08.000,93d8.jpg,93d8
        2,test,3,7,1,"300,1",181,570,2013-07-01 06:06:08.000,93d9.jpg,93d9
        3,train,12,18,6,30048358,5,7,2013-08-26 06:07:08.000,93da.jpg,93da
        4,val,4,8,7,30048359,5,7,2013-08-26 06:08:08.000,93db.jpg,93db
        """;

    private const string Fmow = """
        split,img_filename,spatial_reference,category,country_code,cloud_cover,timestamp,lat,lon,region
        train,a_0_rgb.jpg,"GEOGCS[""WGS 84"",DATUM[""WGS_1984""]]",airport,FRA,0,2012-12-31T23:59:59Z,1.0,2.0,Europe
        train,a_1_rgb.jpg,x,airport,FRA,0,2013-01-01T00:00:00Z,1.0,2.0,Europe
        val,b_0_rgb.jpg,x,zoo,KEN,0,2010-05-12T10:21:33Z,1.0,2.0,Africa
        val,b_1_rgb.jpg,x,zoo,KEN,0,2015-12-31T10:21:33Z,1.0,2.0,Africa
        val,b_2_rgb.jpg,x,zoo,KEN,0,2016-01-01T00:00:00Z,1.0,2.0,Africa
        test,c_0_rgb.jpg,x,zoo,KEN,0,2012-05-12T10:21:33Z,1.0,2.0,Africa
        test,c_1_rgb.jpg,x,zoo,KEN,0,2013-05-12T10:21:33Z,1.0,2.0,Africa
        test,c_2_rgb.jpg,x,multi-unit_residential,FRA,0,2016-01-01T00:00:00Z,1.0,2.0,Europe
        test,c_3_rgb.jpg,x,lighthouse,XXX,0,2017-05-12T10:21:33.123Z,1.0,2.0,Other
        seq,d_0_rgb.jpg,x,airport,FRA,0,2012-05-12T10:21:33Z,1.0,2.0,Europe
        """;

    private const string Countries = """
        name,alpha-2,alpha-3,region
        France,FR,FRA,Europe
        Kenya,KE,KEN,Africa
        """;

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(
        "camelyon17",
        Camelyon17,
        "image_id,label,hospital,slide",
        "train 0,1,0,0 5,0,3,30|id_val 1,0,0,0 6,1,4,41|val 2,0,1,12 3,1,1,12|test 4,1,2,23 7,0,2,23"
    )]
    [InlineData(
        "rxrx1",
        RxRx1,
        "image_id,label,experiment",
        "train 0,1138,HEPG2-01|id_test 1,1138,HEPG2-01|val 2,12,HEPG2-08 3,12,HEPG2-08|test 4,0,U2OS-05 5,0,U2OS-05"
    )]
    [InlineData("iwildcam", IWildCam, "image_id,label,location", "train 3,5,12|id_test 0,1,12|test 2,181,3")]
    [InlineData(
        "fmow",
        Fmow,
        "image_id,label,region,year",
        "train 0,0,Europe,2012|id_test 5,61,Africa,2012|test 7,30,Europe,2016 8,28,,2017"
    )]
    public async Task Each_dataset_is_recognised_and_split_as_in_WILDS(string name, string metadata, string header, string splits)
    {
        var run = await Run(metadata);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        var expected = splits.Split('|').Select(s => s.Split(' ')).ToArray();
        Assert.Equal(
            expected.Select(s => s[0] + ".csv").Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder["out/labels"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        foreach (var split in expected)
        {
            var columns = header["image_id,label,".Length..].Replace(",", ", ", StringComparison.Ordinal);
            var lines = await File.ReadAllLinesAsync(Label(split[0]), TestContext.Current.CancellationToken);
            Assert.Equal([header, .. split[1..]], lines);
            Assert.Contains($"{Label(split[0])}: {split.Length - 1} images, columns {columns}", run.Output, StringComparison.Ordinal);
        }

        Assert.Contains($"has no benchmark.json; copy that of wilds-{name} into it.", run.Output, StringComparison.Ordinal);
    }

    /// <summary>The bundled manifest, the files that the command writes and the reader of labels fit each other.</summary>
    [Theory]
    [InlineData("camelyon17", Camelyon17)]
    [InlineData("iwildcam", IWildCam)]
    [InlineData("fmow", Fmow)]
    [InlineData("rxrx1", RxRx1)]
    public async Task Labels_have_the_splits_groups_and_cluster_of_the_bundled_manifest(string name, string metadata)
    {
        var benchmark = BenchmarkFolder.Read(Path.Combine(Checkout.Folder, "benchmarks", $"wilds-{name}")).Benchmark;

        Assert.Equal(0, (await Run(metadata)).ExitCode);

        Assert.Equal(
            benchmark.Splits.Select(s => s.Name + ".csv").Order(StringComparer.Ordinal),
            Directory.GetFiles(_folder["out/labels"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        string[] columns = [.. benchmark.Groups, .. benchmark.Cluster is { } cluster ? [cluster] : (string[])[]];
        foreach (var split in benchmark.Splits)
        {
            var header = (await File.ReadAllLinesAsync(Label(split.Name), TestContext.Current.CancellationToken))[0].Split(',');
            Assert.Equal(["image_id", "label", .. columns.Distinct()], header);
        }
    }

    /// <summary>A prediction file of WILDS has no ids: its lines are in the order of ids that the server keeps.</summary>
    [Fact]
    public async Task The_order_of_ids_is_that_of_the_metadata()
    {
        var classes = Enumerable.Range(0, 120).Select(i => i * 7 % 2).ToArray();
        var rows = classes.Select((c, i) => $"{i},042,3,1,1,{c},23,2,0");
        var others = new[] { "120,004,4,1,1,0,0,0,0", "121,004,4,1,1,0,0,0,1", "122,022,4,1,1,0,12,1,0" };

        var run = await Run(string.Join('\n', [",patient,node,x_coord,y_coord,tumor,slide,center,split", .. rows, .. others]));

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        await using var file = File.OpenRead(Label("test"));
        var names = new ClassNames([new ClassLabel(0, "normal", ""), new ClassLabel(1, "tumour", "")]);
        var labels = LabelFile.Read(file, "test", names, new ProblemList())!;
        Assert.Equal(classes, labels.Classes.Select(c => (int)c));
        Assert.Equal("100", labels.Images.Id(100));
    }

    [Fact]
    public async Task Images_that_are_not_written_are_counted()
    {
        var iWildCam = await Run(IWildCam);
        var fmow = await Run(Fmow, "--force");

        Assert.Contains(
            "Not written: 1 images of id_val, a split that wilds-iwildcam does not have",
            iWildCam.Output,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Not written: 4 images that are in no split of WILDS (sequestered images, and later years of the training and validation part)",
            fmow.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_manifest_beside_the_labels_is_not_asked_for()
    {
        _folder.Write("out/benchmark.json", "{}");

        var run = await Run(RxRx1);

        Assert.DoesNotContain("benchmark.json", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Camelyon17, "3168,22272,0,30,3,0", "3168,22272,2,30,3,0", "7:tumor: \"2\" is not a whole number from 0 to 1")]
    [InlineData(Camelyon17, "0,30,3,0", "0,30,5,0", "7:center: \"5\" is not a whole number from 0 to 4")]
    [InlineData(Camelyon17, "0,30,3,0", "0,30,3,2", "7:split: \"2\" is not a whole number from 0 to 1")]
    [InlineData(Camelyon17, "0,30,3,0", "0,30.0,3,0", "7:slide: \"30.0\" is not a whole number from 0 to 49")]
    [InlineData(Camelyon17, "0,30,3,0", "0,30,3", "7: the line has 8 fields, but the header has 9")]
    [InlineData(
        RxRx1,
        "s21721,12\nHEPG2-08_1_B03_2",
        "s21721,1139\nHEPG2-08_1_B03_2",
        "4:sirna_id: \"1139\" is not a whole number from 0 to 1138"
    )]
    [InlineData(RxRx1, "HEPG2,val", "HEPG2,validation", "4:dataset: \"validation\" is not train, val or test")]
    [InlineData(RxRx1, "B03,1,treatment", "B03,3,treatment", "4:site: \"3\" is not 1 or 2")]
    [InlineData(RxRx1, "test,U2OS-05", "test,", "6:experiment: \"\" is not the name of an experiment")]
    [InlineData(IWildCam, "3,train", "3,Train", "5:split: \"Train\" is not train, val, test, id_val or id_test")]
    [InlineData(IWildCam, ",181,", ",182,", "4:y: \"182\" is not a whole number from 0 to 181")]
    [InlineData(Fmow, "x,lighthouse", "x,light house", "10:category: \"light house\" is not a category of FMoW, such as airport")]
    [InlineData(
        Fmow,
        "2017-05-12T10:21:33.123Z",
        "12 May 2017",
        "10:timestamp: \"12 May 2017\" is not a time such as 2016-05-12T10:21:33Z"
    )]
    [InlineData(Fmow, "seq,", "dev,", "11:split: \"dev\" is not train, val, test or seq")]
    public async Task A_bad_value_is_named_with_its_line_and_nothing_is_written(string metadata, string old, string changed, string problem)
    {
        Assert.Contains(old, metadata, StringComparison.Ordinal);

        var run = await Run(metadata.Replace(old, changed, StringComparison.Ordinal));

        Assert.Equal((1, $"{_folder["metadata.csv"]}:{problem}"), (run.ExitCode, Assert.Single(run.ErrorLines)));
        Assert.Empty(Directory.Exists(_folder["out/labels"]) ? Directory.GetFiles(_folder["out/labels"]) : []);
    }

    [Theory]
    [InlineData("", "metadata.csv: the file is empty; its first line must be the header of the metadata")]
    [InlineData(",tumor,slide,center,split\n", "metadata.csv: the file has a header but no images")]
    [InlineData(",tumor,slide,center,split\n0,1,0,0,0\n", "metadata.csv: no image is of id_val; take the whole metadata of camelyon17")]
    [InlineData(",tumor,slide,tumor\n", "metadata.csv:1: columns 2 and 4 are both named \"tumor\"; keep one")]
    [InlineData(
        "file,label\n0,1\n",
        "metadata.csv:1: the columns (file, label) are not those of a dataset that is known: camelyon17 has center, slide, split, tumor; "
            + "rxrx1 has dataset, experiment, site, sirna_id; iwildcam has location_remapped, split, y; "
            + "fmow has category, country_code, split, timestamp; name the dataset with --dataset to see which column is missing"
    )]
    [InlineData(
        "tumor,slide,center,split,location_remapped,y\n",
        "metadata.csv:1: the columns are those of camelyon17 and of iwildcam; say which one it is with --dataset"
    )]
    public async Task A_file_that_is_not_the_metadata_of_one_dataset_is_rejected(string metadata, string problem)
    {
        var run = await Run(metadata);

        Assert.Equal((1, $"{_folder.Path}{Path.DirectorySeparatorChar}{problem}"), (run.ExitCode, Assert.Single(run.ErrorLines)));
        Assert.Empty(Directory.Exists(_folder["out/labels"]) ? Directory.GetFiles(_folder["out/labels"]) : []);
    }

    [Fact]
    public async Task A_named_dataset_decides_and_names_the_missing_column()
    {
        var both = await Run(
            IWildCam
                .Replace("split,", "split,tumor,slide,center,", StringComparison.Ordinal)
                .ReplaceLineEndings("\n")
                .Replace("id_test,", "id_test,0,0,0,", StringComparison.Ordinal)
                .Replace("id_val,", "id_val,0,0,0,", StringComparison.Ordinal)
                .Replace("2,test,", "2,test,0,0,0,", StringComparison.Ordinal)
                .Replace("train,", "train,0,0,0,", StringComparison.Ordinal)
                .Replace("4,val,", "4,val,0,0,0,", StringComparison.Ordinal),
            "--dataset",
            "iwildcam"
        );
        var missing = await Run(RxRx1, "--dataset", "camelyon17", "--force");
        var unknown = await Run(RxRx1, "--dataset", "amazon", "--force");

        Assert.Equal((0, ""), (both.ExitCode, both.Error));
        Assert.Equal(
            (
                1,
                $"{_folder["metadata.csv"]}:1: the header has no column center; the metadata of camelyon17 have center, slide, split, tumor"
            ),
            (missing.ExitCode, Assert.Single(missing.ErrorLines))
        );
        Assert.Equal(2, unknown.ExitCode);
    }

    [Fact]
    public async Task Labels_that_exist_are_replaced_only_with_force()
    {
        _folder.Write("out/labels/test.csv.gz", "image_id,label\n");

        var refused = await Run(RxRx1);
        var forced = await Run(RxRx1, "--force");

        Assert.Equal(
            (
                1,
                $"{_folder["out/labels"]}: the folder is not empty, it has test.csv.gz; write to another folder, or replace label files "
                    + "with --force"
            ),
            (refused.ExitCode, Assert.Single(refused.ErrorLines))
        );
        Assert.Equal(0, forced.ExitCode);
        Assert.Equal(
            ["id_test.csv", "test.csv", "train.csv", "val.csv"],
            Directory.GetFiles(_folder["out/labels"]).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_regions_of_countries_can_be_elsewhere_and_are_needed()
    {
        var metadata = _folder.Write("metadata.csv", Fmow);
        var missing = await Support.Cli.RunAsync("benchmark", "labels", "wilds", "--metadata", metadata, "--out", _folder["out"]);
        var wrong = await Support.Cli.RunAsync([
            "benchmark",
            "labels",
            "wilds",
            "--metadata",
            metadata,
            "--out",
            _folder["out"],
            "--countries",
            _folder.Write("c.csv", "code,region\n"),
        ]);
        var elsewhere = await Support.Cli.RunAsync([
            "benchmark",
            "labels",
            "wilds",
            "--metadata",
            metadata,
            "--out",
            _folder["out"],
            "--countries",
            _folder.Write("c.csv", Countries),
        ]);

        Assert.Equal(
            $"{_folder["country_code_mapping.csv"]}: the file with the regions of countries does not exist; "
                + "it is in the folder of the dataset, name it with --countries",
            Assert.Single(missing.ErrorLines)
        );
        Assert.Equal(
            $"{_folder["c.csv"]}:1: the header has no column alpha-3; the regions of countries have alpha-3 and region",
            Assert.Single(wrong.ErrorLines)
        );
        Assert.Equal((0, ""), (elsewhere.ExitCode, elsewhere.Error));
    }

    [Fact]
    public async Task A_missing_file_is_one_line()
    {
        var run = await Support.Cli.RunAsync("benchmark", "labels", "wilds", "--metadata", _folder["none.csv"], "--out", _folder["out"]);

        Assert.Equal((1, $"{_folder["none.csv"]}: the file does not exist"), (run.ExitCode, Assert.Single(run.ErrorLines)));
        Assert.False(Directory.Exists(_folder["out"]));
    }

    public void Dispose() => _folder.Dispose();

    private Task<Support.Cli> Run(string metadata, params string[] options)
    {
        _folder.Write("country_code_mapping.csv", Countries);
        var file = _folder.Write("metadata.csv", metadata);
        return Support.Cli.RunAsync(["benchmark", "labels", "wilds", "--metadata", file, "--out", _folder["out"], .. options]);
    }

    private string Label(string split) => _folder[$"out/labels/{split}.csv"];
}
