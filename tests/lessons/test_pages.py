def test_built(pages):
    assert pages
