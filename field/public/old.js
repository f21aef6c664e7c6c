// Runs only where scripts of today do not (nomodule): no screen would appear, so the page says why.
(function () {
  var words = ['བལྟ་ཆས་འདི་རྙིང་དྲགས་པས་འཁོར་མི་ཐུབ། གསར་པ་ཞིག་བཅུག་ནས་ཡང་བསྐྱར་ཁ་ཕྱེ་རོགས།', '浏览器太旧，打不开。请更新浏览器，再打开一次。', 'This browser is too old. Update it and open this page again.'];
  var box = document.getElementById('app');
  box.innerHTML = '';
  for (var i = 0; i < words.length; i++) {
    var line = document.createElement('p');
    line.className = 'state';
    line.appendChild(document.createTextNode(words[i]));
    box.appendChild(line);
  }
})();
